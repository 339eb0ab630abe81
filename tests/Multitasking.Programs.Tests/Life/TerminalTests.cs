using Multitasking.Contracts;

namespace Multitasking.Programs.Tests.Life;

/// <summary>A program on a terminal, which util-linux' <c>script</c> plays.</summary>
public sealed class TerminalTests : ProgramTest
{
    [Fact]
    public async Task Terminal_is_usable_after_a_child_that_was_killed_while_it_read_a_key()
    {
        await using var parent = OnTerminal("child-is-killed-in-read-key");
        await parent.SaysAsync("usable");
        Assert.Equal(0, await parent.ExitAsync());
    }

    [Fact]
    public async Task Terminal_stays_as_the_program_itself_has_set_it_when_a_child_is_killed()
    {
        await using var parent = OnTerminal("child-is-killed-while-its-parent-is-in-read-key");
        await parent.SaysAsync("still reading");
        Assert.Equal(0, await parent.ExitAsync());
    }

    private static OtherParent OnTerminal(string scenario)
    {
        Needs.Program("script");
        return OtherParent.StartOnTerminal(scenario);
    }
}
