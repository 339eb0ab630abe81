using Multitasking.Contracts;
using Multitasking.Interop;

namespace Multitasking.Programs.Tests.Life;

public sealed class SignalTests : ProgramTest
{
    [Fact]
    public async Task Interrupt_from_the_terminal_reaches_children_too()
    {
        await using var parent = OtherParent.StartHearingSignals("own-group-with-children", "sleeping", "busy", "parent-of-one");
        var children = await parent.ChildrenAsync(4);
        // To the whole process group, as the terminal does for Ctrl-C.
        Assert.Equal(0, LibC.SendSignal(-parent.Identity.Id, Constants.SIGINT));
        Assert.Equal(128 + Constants.SIGINT, await parent.ExitAsync());
        await Until.TrueAsync(() => !children.Any(static child => child.IsAlive));
    }

    [Fact]
    public async Task Parent_with_a_handler_for_sigterm_lets_its_children_finish()
    {
        var gate = NewGate();
        await using var parent = OtherParent.StartHearingSignals("drains-on-sigterm", gate.FileName);
        await parent.ChildrenAsync(1);
        parent.Signal(Constants.SIGTERM);
        await parent.SaysAsync("draining");
        gate.Open();
        await parent.SaysAsync("drained: 0");
        Assert.Equal(0, await parent.ExitAsync());
    }

    [Fact]
    public async Task Signals_of_the_terminal_leave_the_process_of_a_shared_object_to_its_program()
    {
        await using var parent = OtherParent.StartHearingSignals("drains-an-object");
        await parent.ChildrenAsync(1);
        Assert.Equal(0, LibC.SendSignal(-parent.Identity.Id, Constants.SIGINT));
        Assert.Equal(0, LibC.SendSignal(-parent.Identity.Id, Constants.SIGHUP));
        await parent.SaysAsync("drained: 42");
        await parent.SaysAsync("disposed of");
        Assert.Equal(0, await parent.ExitAsync());
    }

    [Theory]
    [InlineData(Constants.SIGINT)]
    [InlineData(Constants.SIGHUP)]
    public async Task Signal_of_the_terminal_asks_a_target_that_holds_a_token(int signal)
    {
        await using var parent = OtherParent.StartHearingSignals("lets-children-tidy-up");
        await parent.ChildrenAsync(1);
        Assert.Equal(0, LibC.SendSignal(-parent.Identity.Id, signal));
        await parent.SaysAsync("tidied up");
        await parent.SaysAsync($"ended with {-signal}");
        Assert.Equal(0, await parent.ExitAsync());
    }

    [Fact]
    public async Task Exit_code_is_known_where_a_launcher_left_sigchld_ignored()
    {
        await using var parent = OtherParent.Start("sigchld-ignored");
        Assert.Equal(["ended with 7"], await parent.OutputAsync());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(13)]
    [InlineData(15)]
    public async Task Child_does_not_inherit_blocked_signals(int signal)
    {
        await using var parent = OtherParent.StartHearingSignals("own-group-with-children", "sleeping");
        var child = (await parent.ChildrenAsync(1))[0];
        string mask = File.ReadLines($"/proc/{child.Id}/status").Single(static line => line.StartsWith("SigBlk:", StringComparison.Ordinal));
        ulong blocked = Convert.ToUInt64(mask["SigBlk:".Length..].Trim(), 16);
        Assert.Equal(0UL, blocked & (1UL << (signal - 1)));
    }
}
