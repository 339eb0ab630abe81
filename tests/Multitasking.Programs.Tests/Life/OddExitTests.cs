using Multitasking.Contracts;

namespace Multitasking.Programs.Tests.Life;

/// <summary>Environment.Exit ends the program wherever it is called, and waits for the children that are no daemons.</summary>
public sealed class OddExitTests : ProgramTest
{
    private const int OwnCode = 3;

    [Theory]
    [InlineData("exits-in-a-report", "100")]
    [InlineData("exits-in-a-report", "20000")]
    [InlineData("exits-in-a-callback", "")]
    [InlineData("exits-on-two-threads", "")]
    [InlineData("exits-on-a-full-thread-pool", "")]
    public async Task Exit_ends_the_program_and_lets_its_child_finish(string scenario, string argument)
    {
        await using var parent = OtherParent.Start(scenario, argument);
        Assert.Equal(["done"], await parent.OutputAsync());
        Assert.Equal((OwnCode, ""), (await parent.ExitAsync(), await parent.ErrorsAsync()));
    }

    /// <summary>.NET calls no exit handlers there, so the child ends with its parent as it does after a kill.</summary>
    [Fact]
    public async Task Exit_in_a_finalizer_ends_the_program_and_its_child()
    {
        await using var parent = OtherParent.Start("exits-in-a-finalizer");
        Assert.Equal(OwnCode, await parent.ExitAsync());
        Assert.DoesNotContain("done", await parent.OutputAsync());
    }
}
