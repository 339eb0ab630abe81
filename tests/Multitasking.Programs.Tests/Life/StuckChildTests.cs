using Multitasking.Contracts;
using Multitasking.Interop;

namespace Multitasking.Programs.Tests.Life;

/// <summary>A child that SIGKILL does not end is waited for a few seconds and no longer, and reaped when it ends after all.</summary>
public sealed class StuckChildTests(StuckChildren children) : ProgramTest, IClassFixture<StuckChildren>
{
    [Fact]
    public void Time_limit_gives_the_caller_an_exception_that_names_the_process()
    {
        children.SkipWhereNoneCanBe();
        var error = Assert.IsType<TaskTimeoutException>(children.Limited);
        Assert.Matches("process [0-9]+ does not end: 5 s after SIGKILL it is in state D", error.Message);
    }

    [Fact]
    public void Cancellation_gives_the_caller_his_exception()
    {
        children.SkipWhereNoneCanBe();
        Assert.IsAssignableFrom<OperationCanceledException>(children.Cancelled);
    }

    [Fact]
    public void Join_returns_and_the_process_counts_as_alive()
    {
        children.SkipWhereNoneCanBe();
        var (isAlive, hasJoined, exitCode, _, isActive) = children.AfterKill;
        Assert.Equal((true, false, null, true), (isAlive, hasJoined, exitCode, isActive));
    }

    [Fact]
    public void Exception_says_that_the_process_does_not_end()
    {
        children.SkipWhereNoneCanBe();
        var error = Assert.IsType<WorkerLostException>(children.AfterKill.Exception);
        Assert.Equal(children.Killed!.Id, error.ProcessId);
        Assert.Contains($"process {error.ProcessId} does not end", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Process_is_reaped_when_it_ends_after_all()
    {
        children.SkipWhereNoneCanBe();
        Assert.Equal((false, -Constants.SIGKILL), (children.Killed!.IsAlive, children.Killed.ExitCode));
        Assert.True(children.Killed.Join(TimeSpan.Zero));
    }

    [Fact]
    public void Group_is_not_waited_for_without_end()
    {
        children.SkipWhereNoneCanBe();
        Assert.Contains(Assert.Single(children.Group.Members).ExitCode, (int?[])[-Constants.SIGTERM, -Constants.SIGKILL]);
    }

    [Theory]
    [InlineData("exits-with-stuck-daemon")]
    [InlineData("returns-with-killed-stuck-child")]
    public void Program_ends_with_its_own_code(string scenario)
    {
        children.SkipWhereNoneCanBe();
        Assert.Equal(3, children.Programs[scenario]);
    }
}
