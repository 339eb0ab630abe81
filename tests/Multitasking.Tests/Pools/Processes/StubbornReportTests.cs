using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>A progress that does not return must not keep a call from its end.</summary>
[Collection(nameof(Alone))]
public sealed class StubbornReportTests : PoolTest
{
    [Fact]
    public async Task Cancellation_ends_a_call_whose_report_does_not_return()
    {
        using var progress = new Stubborn();
        using var source = new CancellationTokenSource();
        await using var pool = new ProcessPool(workers: 1);
        var task = pool.RunAsync(ReportAndEnd, (IProgress<int>)progress, source.Token);
        await progress.Begun;
        await source.CancelAsync();
        await OutcomeAsync(task);
        progress.Return();
    }

    [Fact]
    public async Task Time_limit_ends_a_call_whose_report_does_not_return()
    {
        using var progress = new Stubborn();
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TaskTimeout = TimeSpan.FromSeconds(1), TerminationGrace = Grace });
        await FailureAsync<TaskTimeoutException>(pool.RunAsync(ReportAndStay, (IProgress<int>)progress, Cancelled));
        progress.Return();
    }

    [Fact]
    public async Task Abort_ends_a_call_whose_report_does_not_return()
    {
        using var progress = new Stubborn();
        await using var pool = new ProcessPool(workers: 1);
        var task = pool.RunAsync(ReportAndEnd, (IProgress<int>)progress, Cancelled);
        await progress.Begun;
        pool.Abort();
        await OutcomeAsync(task);
        progress.Return();
    }

    [Fact]
    public async Task Answer_waits_for_the_reports_before_it()
    {
        using var progress = new Stubborn();
        await using var pool = new ProcessPool(workers: 1);
        var task = pool.RunAsync(ReportAndEnd, (IProgress<int>)progress, Cancelled);
        await progress.Begun;
        Assert.Equal(2, await Soon(pool.RunAsync(static () => 2, Cancelled)));
        Assert.False(task.IsCompleted);
        progress.Return();
        Assert.Equal(1, await Soon(task));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Item_of_a_chunk_whose_report_is_not_taken_in_time_fails_alone(int late)
    {
        using var progress = new Stubborn();
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, ChunkSize = 4, TaskTimeout = TimeSpan.FromSeconds(2), TerminationGrace = Grace });
        var results = new List<int>();
        var failure = await Assert.ThrowsAsync<TaskTimeoutException>(async () =>
        {
            await foreach (int answer in pool.MapAsCompletedAsync([0, 1, 2, 3], ReportAt(late, progress), Cancelled))
                results.Add(answer);
        });
        Assert.Equal(late, failure.ItemIndex);
        Assert.Equal(Enumerable.Range(0, 4).Where(item => item != late), results.Order());
        progress.Return();
    }

    // Made here, lest the target capture more than it needs.
    private static Func<int, int> ReportAt(int item, IProgress<int> progress) => i =>
    {
        if (i == item)
            progress.Report(i);
        return i;
    };

    private static int ReportAndEnd(IProgress<int> progress)
    {
        progress.Report(1);
        return 1;
    }

    private static int ReportAndStay(IProgress<int> progress)
    {
        progress.Report(1);
        Thread.Sleep(Timeout.Infinite);
        return 1;
    }

    private sealed class Stubborn : IProgress<int>, IDisposable
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _returns = new();

        internal Task Begun => Soon(_begun.Task);

        public void Report(int value)
        {
            _begun.TrySetResult();
            _returns.Wait();
        }

        internal void Return() => _returns.Set();

        public void Dispose() => _returns.Set();
    }
}
