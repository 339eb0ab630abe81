using Multitasking.Contracts;
using Multitasking.Interop;

namespace Multitasking.Programs.Tests.Pools;

/// <summary>Time limits of tasks, and a program that is stopped for longer than they are.</summary>
public sealed class StoppedPoolTests : ProgramTest
{
    private const int SIGSTOP = 19;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Answer_in_time_counts_although_the_parent_was_stopped_beyond_the_limit()
    {
        var gate = NewGate();
        await using var parent = OtherParent.Start("pool-answers-while-stopped", gate.FileName, $"{s_limit.TotalMilliseconds}");
        await parent.ChildrenAsync(1);
        await StopAsync(parent.Identity);
        gate.Open();
        await Task.Delay(s_limit + TimeSpan.FromSeconds(1), Cancelled);
        parent.Signal(Constants.SIGCONT);
        Assert.Equal("answered", (await parent.OutputAsync())[^1]);
    }

    [Fact]
    public async Task Time_in_which_the_program_and_its_workers_were_stopped_does_not_count()
    {
        var gate = NewGate();
        await using var parent = OtherParent.Start("pool-answers-while-stopped", gate.FileName, $"{s_limit.TotalMilliseconds}");
        var worker = (await parent.ChildrenAsync(1))[0];
        await StopAsync(parent.Identity);
        await StopAsync(worker);
        await Task.Delay(s_limit + TimeSpan.FromSeconds(1), Cancelled);
        parent.Signal(Constants.SIGCONT);
        // The limit has passed by the clock; what the task still has to do takes some of what is left of it.
        await Task.Delay(TimeSpan.FromMilliseconds(500), Cancelled);
        OtherParent.Signal(worker, Constants.SIGCONT);
        gate.Open();
        Assert.Equal("answered", (await parent.OutputAsync())[^1]);
    }

    [Fact]
    public async Task Limit_still_ends_a_task_after_a_stop()
    {
        await using var parent = OtherParent.Start("pool-answers-while-stopped", NewGate().FileName, $"{s_limit.TotalMilliseconds}");
        await parent.ChildrenAsync(1);
        await StopAsync(parent.Identity);
        await Task.Delay(TimeSpan.FromSeconds(2), Cancelled);
        parent.Signal(Constants.SIGCONT);
        Assert.StartsWith("TaskTimeoutException", (await parent.OutputAsync())[^1], StringComparison.Ordinal);
    }

    private static async Task StopAsync(ProcessIdentity process)
    {
        OtherParent.Signal(process, SIGSTOP);
        await Until.TrueAsync(() => process.IsStopped, what: $"The stop of {process}");
    }
}
