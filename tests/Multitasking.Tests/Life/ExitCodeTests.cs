using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Life;

[Collection(nameof(Alone))]
public sealed class ExitCodeTests : WorkerTest
{
    [Fact]
    public void ExitCode_is_null_until_the_end()
    {
        var gate = NewGate();
        var child = new ChildProcess(gate.Pass);
        Assert.Null(child.ExitCode);
        child.Start();
        Assert.Null(child.ExitCode);
        gate.Open();
        child.Join();
        Assert.NotNull(child.ExitCode);
    }

    [Fact]
    public void ExitCode_is_zero_when_the_target_returns() => Assert.Equal(0, Run(static () => { }).ExitCode);

    [Fact]
    public void ExitCode_is_one_when_the_target_throws()
    {
        var child = Run(static () => throw new InvalidDataException("no music"));
        Assert.Equal(1, child.ExitCode);
        Assert.IsType<RemoteException>(child.Exception);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(255)]
    public void ExitCode_is_what_the_target_exits_with(int code)
    {
        var child = Run(() => Environment.Exit(code));
        Assert.Equal(code, child.ExitCode);
        var lost = Assert.IsType<WorkerLostException>(child.Exception);
        Assert.Equal(code, lost.ExitCode);
        Assert.Contains($"exited with code {code}", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exit_with_zero_in_the_target_is_no_failure()
    {
        var child = Run(static () => Environment.Exit(0));
        Assert.Equal(0, child.ExitCode);
        Assert.Null(child.Exception);
    }

    [Theory]
    [InlineData(Constants.SIGINT, "SIGINT")]
    [InlineData(Constants.SIGKILL, "SIGKILL")]
    [InlineData(Constants.SIGTERM, "SIGTERM")]
    [InlineData(10, "signal 10")]
    public void ExitCode_is_minus_the_signal_that_ended_it(int signal, string name)
    {
        var child = Run(() => NativeEnds.EndBy(signal));
        Assert.Equal(-signal, child.ExitCode);
        var lost = Assert.IsType<WorkerLostException>(child.Exception);
        Assert.Equal(-signal, lost.ExitCode);
        Assert.Equal(child.Id, lost.ProcessId);
        Assert.Contains(name, lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Native_fault_ends_the_child_alone()
    {
        var child = Run(NativeEnds.Fault);
        Assert.Equal(-11, child.ExitCode);
        Assert.Contains("SIGSEGV", Assert.IsType<WorkerLostException>(child.Exception).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fail_fast_ends_the_child_alone()
    {
        var child = Run(static () => Environment.FailFast("as the test wants it"));
        Assert.Equal(-6, child.ExitCode);
        Assert.Contains("SIGABRT", Assert.IsType<WorkerLostException>(child.Exception).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stack_overflow_ends_the_child_alone() => Assert.Equal(-6, Run(static () => _ = Dig(1)).ExitCode);

    [Fact]
    public void Unhandled_exception_in_a_thread_of_the_child_ends_the_child_alone()
    {
        var child = Run(static () =>
        {
            new Thread(static () => throw new InvalidDataException("as the test wants it")).Start();
            Thread.Sleep(Timeout.Infinite);
        });
        Assert.Equal(-6, child.ExitCode);
    }

    [Fact]
    public void ExitCode_and_exception_stay_after_the_end()
    {
        var child = Run(static () => Environment.Exit(7));
        Run(static () => { });
        Assert.Equal(7, child.ExitCode);
        Assert.Same(child.Exception, child.Exception);
    }

    [Fact]
    public void Child_whose_exit_status_somebody_else_took_still_ends()
    {
        var gate = NewGate();
        var child = new ChildProcess(gate.Pass);
        child.Start();
        gate.Open();
        NativeEnds.TakeExitStatus(child.Id!.Value);
        Assert.True(child.Join(Until.Limit));
        Assert.False(child.IsAlive);
    }

    private static ChildProcess Run(Action target)
    {
        var child = new ChildProcess(target);
        child.Start();
        Assert.True(child.Join(Until.Limit));
        return child;
    }

    private static int Dig(int depth) => depth < 0 ? 0 : Dig(depth + 1) + depth;
}
