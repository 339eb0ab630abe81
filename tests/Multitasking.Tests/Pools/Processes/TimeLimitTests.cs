using System.Diagnostics;
using System.Runtime.InteropServices;
using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>A time limit ends a task in bounded time, whatever it is doing.</summary>
[Collection(nameof(Alone))]
public sealed class TimeLimitTests : PoolTest
{
    // The limit, three graces, and what a machine that is busy with other things adds.
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("spin")]
    [InlineData("sleep in native code")]
    [InlineData("ignore SIGTERM")]
    [InlineData("take SIGTERM and go on")]
    [InlineData("ignore its token")]
    [InlineData("hang in its token's callback")]
    [InlineData("never awake")]
    [InlineData("stop")]
    public async Task Time_limit_ends_the_task_and_its_process(string deed)
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TaskTimeout = Limit, TerminationGrace = Grace });
        string file = FileNamed("id");
        long start = Stopwatch.GetTimestamp();
        var task = pool.RunAsync(StayAsync, deed, file, CancellationToken.None, Cancelled);
        var worker = ProcessIdentity.Of(await ReadIdAsync(file));

        var error = await FailureAsync<TaskTimeoutException>(task);

        Assert.InRange(Stopwatch.GetElapsedTime(start), Limit, s_bound);
        Assert.Equal(Limit, error.Timeout);
        Assert.Contains(nameof(StayAsync), error.Target, StringComparison.Ordinal);
        await Until.TrueAsync(() => !worker.IsAlive, s_bound);
        Assert.NotEqual(worker, await WorkerOfAsync(pool));
    }

    [Fact]
    public async Task Task_that_gives_way_to_its_token_has_met_its_time_limit_too()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TaskTimeout = Limit });
        await FailureAsync<TaskTimeoutException>(pool.RunAsync(static token => Task.Delay(Timeout.Infinite, token), CancellationToken.None, Cancelled));
        Assert.Equal(42, await Soon(pool.RunAsync(static x => x + 1, 41, Cancelled)));
    }

    [Fact]
    public async Task Time_that_a_task_waits_for_a_worker_does_not_count()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TaskTimeout = TimeSpan.FromMilliseconds(800) });
        int[] answers = await Soon(Task.WhenAll(Enumerable.Range(0, 6).Select(i => pool.RunAsync(SleepAndAnswer, 250, i, Cancelled))));
        Assert.Equal(Enumerable.Range(0, 6), answers);
    }

    [Fact]
    public async Task Start_of_a_worker_and_its_initializer_do_not_count()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TaskTimeout = TimeSpan.FromMilliseconds(400), Initializer = static () => Thread.Sleep(1000) });
        Assert.Equal(42, await Soon(pool.RunAsync(static x => x + 1, 41, Cancelled)));
    }

    [Fact]
    public async Task Task_that_is_given_to_a_stopped_worker_runs_elsewhere()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TaskTimeout = Limit, TerminationGrace = Grace });
        var worker = await WorkerOfAsync(pool);
        OtherParent.Signal(worker, Deaths.SIGSTOP);
        await Until.TrueAsync(() => worker.IsStopped);
        Assert.Equal(42, await Soon(pool.RunAsync(static x => x + 1, 41, Cancelled)));
        Assert.False(worker.IsAlive);
    }

    [Fact]
    public async Task Time_limit_of_one_worker_leaves_its_neighbour_alone()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, TaskTimeout = TimeSpan.FromMilliseconds(700), TerminationGrace = Grace });
        var endless = pool.RunAsync(SleepAndAnswer, Timeout.Infinite, 0, Cancelled);
        int[] answers = await Soon(Task.WhenAll(Enumerable.Range(0, 8).Select(i => pool.RunAsync(SleepAndAnswer, 100, i, Cancelled))));
        Assert.Equal(Enumerable.Range(0, 8), answers);
        await FailureAsync<TaskTimeoutException>(endless);
    }

    [Fact]
    public async Task Time_limit_holds_though_more_is_queued_behind_the_task_all_the_time()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TaskTimeout = Limit, TerminationGrace = Grace });
        // Short tasks first: a pool gives a worker more than one ahead then.
        for (int i = 0; i < 300; i++)
            await Soon(pool.RunAsync(static x => x, i, Cancelled));
        var endless = pool.RunAsync(SleepAndAnswer, Timeout.Infinite, 0, Cancelled);
        var behind = new List<Task<int>>();
        while (!endless.IsCompleted && behind.Count < 200)
        {
            behind.Add(pool.RunAsync(static x => x, behind.Count, Cancelled));
            await Task.Delay(20, Cancelled);
        }
        await FailureAsync<TaskTimeoutException>(endless);
        // Counted anew for each, it would have outlasted them all.
        Assert.True(behind.Count < 200);
        Assert.Equal(Enumerable.Range(0, behind.Count), await Soon(Task.WhenAll(behind)));
    }

    [Fact]
    public async Task Item_that_meets_the_time_limit_fails_alone_in_its_chunk()
    {
        // Long enough for the first items also where their code is compiled on a busy machine.
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, ChunkSize = 8, TaskTimeout = TimeSpan.FromSeconds(1), TerminationGrace = Grace });
        string log = FileNamed("log");
        var results = new List<int>();
        var error = await Assert.ThrowsAsync<TaskTimeoutException>(async () =>
        {
            await foreach (int result in pool.MapAsCompletedAsync(Enumerable.Range(0, 8), EndlessFor(3, log), Cancelled))
                results.Add(result);
        });
        Assert.Equal(3, error.ItemIndex);
        Assert.Equal((int[])[0, 1, 2, 4, 5, 6, 7], results.Order());
        Assert.Equal(Enumerable.Range(0, 8).Select(static i => $"{i}"), RunLog.All(log).Order());
    }

    [Fact]
    public async Task Time_limit_counts_for_each_item_of_a_chunk_not_for_all_of_it()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, ChunkSize = 8, TaskTimeout = TimeSpan.FromMilliseconds(800) });
        Assert.Equal(Enumerable.Range(0, 8), await Soon(pool.MapAsync(Enumerable.Range(0, 8), static i => SleepAndAnswer(250, i), Cancelled)));
    }

    [Fact]
    public async Task Tasks_that_end_just_about_their_time_limit_end_one_way_or_the_other()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, TaskTimeout = TimeSpan.FromMilliseconds(25), TerminationGrace = TimeSpan.FromMilliseconds(10) });
        var outcomes = await Soon(Task.WhenAll(Enumerable.Range(0, 40).Select(i => OutcomeAsync(pool.RunAsync(SleepAndAnswer, 15 + (i % 20), i, Cancelled)))));
        Assert.All(outcomes, static outcome => Assert.True(outcome is null or TaskTimeoutException, $"{outcome}"));
        Assert.Equal(40, pool.Completed);
    }

    [Fact]
    public async Task Time_limit_is_not_met_by_a_worker_that_has_nothing_to_do()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TaskTimeout = TimeSpan.FromMilliseconds(100) });
        var worker = await WorkerOfAsync(pool);
        await Task.Delay(400, Cancelled);
        Assert.Equal(worker, await WorkerOfAsync(pool));
    }

    private static int SleepAndAnswer(int milliseconds, int answer)
    {
        Thread.Sleep(milliseconds);
        return answer;
    }

    // Made here, lest the target capture more than it needs.
    private static Func<int, int> EndlessFor(int endless, string log) => item => NoteAndSleep(log, item, item == endless ? Timeout.Infinite : 0);

    private static int NoteAndSleep(string log, int item, int milliseconds)
    {
        RunLog.Note(log, item);
        return SleepAndAnswer(milliseconds, item);
    }

    private static async Task StayAsync(string deed, string file, CancellationToken token)
    {
        using var deaf = deed == "take SIGTERM and go on" ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, static context => context.Cancel = true) : null;
        using var hanging = deed == "hang in its token's callback" ? token.Register(static () => Thread.Sleep(Timeout.Infinite)) : default;
        if (deed == "ignore SIGTERM")
            _ = LibC.SetSignalDisposition(Constants.SIGTERM, Constants.SIG_IGN);
        WriteId(file);
        switch (deed)
        {
            case "spin":
                while (true)
                {
                }
            case "sleep in native code":
                unsafe
                {
                    _ = LibC.Poll(null, 0, -1);
                }
                break;
            case "never awake":
                await new TaskCompletionSource().Task;
                break;
            case "stop":
                _ = LibC.SendSignal(Environment.ProcessId, Deaths.SIGSTOP);
                break;
        }
        Thread.Sleep(Timeout.Infinite);
    }
}
