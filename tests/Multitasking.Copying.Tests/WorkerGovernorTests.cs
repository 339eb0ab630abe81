using Multitasking.Copying.Reporting;
using Multitasking.Copying.Workers;

namespace Multitasking.Copying.Tests;

/// <summary>How many workers work, by what is measured.</summary>
public sealed class WorkerGovernorTests
{
    [Fact]
    public void Workers_are_added_while_each_copies_more() => Assert.Equal(32, Run(new WorkerCount(4, 32), static workers => 10e6 * workers));

    [Fact]
    public void Workers_are_taken_back_when_they_copy_no_more() => Assert.InRange(Run(new WorkerCount(4, 32), static workers => 10e6 * Math.Min(workers, 4)), 4, 5);

    [Fact]
    public void Workers_stay_as_many_as_pay() => Assert.InRange(Run(new WorkerCount(2, 64), static workers => 10e6 * Math.Min(workers, 12)), 10, 15);

    [Fact]
    public void Number_that_was_asked_for_stays()
    {
        var asked = new WorkerCount(3, 3);
        Assert.False(new WorkerGovernor(asked).CanAdapt);
        Assert.Equal(3, Run(asked, static workers => 10e6 * workers));
    }

    [Fact]
    public async Task Worker_that_may_not_work_waits_until_it_may_or_the_run_ends()
    {
        var governor = new WorkerGovernor(new WorkerCount(1, 4));
        Assert.True(governor.MayWork(0));
        Task<bool> second = Task.Factory.StartNew(() => governor.MayWork(1), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task<bool> last = Task.Factory.StartNew(() => governor.MayWork(3), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var done = new Tally();
        for (int step = 1; governor.Allowed < 2; step++)
        {
            done.BytesCopied += 1_000_000;
            governor.Measure(done, step * WorkerGovernor.Step);
        }

        Assert.True(await second.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.False(last.IsCompleted);
        governor.End();
        Assert.False(await last.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    /// <summary>A minute of a copy whose speed depends on the number of workers alone.</summary>
    private static int Run(WorkerCount count, Func<int, double> bytesPerSecond)
    {
        var governor = new WorkerGovernor(count);
        var done = new Tally();
        for (int step = 1; step <= 240; step++)
        {
            done.BytesCopied += (long)(bytesPerSecond(governor.Allowed) * WorkerGovernor.Step.TotalSeconds);
            governor.Measure(done, step * WorkerGovernor.Step);
        }

        return governor.Allowed;
    }
}
