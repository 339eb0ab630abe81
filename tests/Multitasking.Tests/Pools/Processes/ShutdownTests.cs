using System.Runtime.CompilerServices;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>The end of a pool races with everything else, and nothing stays: no task without an answer, no process.</summary>
[Collection(nameof(Alone))]
public sealed class ShutdownTests : PoolTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tasks_submitted_while_the_pool_ends_are_answered_or_refused(bool abort)
    {
        for (int round = 0; round < Rounds.Of(12, least: 4); round++)
        {
            var pool = new ProcessPool(new PoolOptions { Workers = 1, TerminationGrace = Grace });
            var first = pool.RunAsync(static () => { }, Cancelled);
            if (round % 2 == 0)
                await OutcomeAsync(first);
            var submitters = Enumerable.Range(0, 8).Select(number => Task.Run(() => SubmitUntilRefusedAsync(pool), Cancelled)).ToArray();
            await Task.Delay(round, Cancelled);
            if (abort)
                pool.Abort();
            await Soon(pool.DisposeAsync().AsTask());
            foreach (var outcome in (await Soon(Task.WhenAll(submitters))).SelectMany(static outcomes => outcomes))
                Assert.True(outcome is null || (abort && outcome is OperationCanceledException), $"{outcome}");
            Assert.True(await OutcomeAsync(first) is null or OperationCanceledException);
            Assert.Equal((0, 0), (pool.Pending, pool.WorkersAlive));
        }
    }

    [Fact]
    public async Task Pool_that_was_never_used_starts_no_process()
    {
        await using var pool = new ProcessPool(workers: 2);
        Assert.Empty(pool.WorkerIds);
        Assert.Equal(0, pool.WorkersAlive);
    }

    [Fact]
    public async Task Dispose_from_several_threads_completes_for_all_when_no_worker_is_left()
    {
        var pool = new ProcessPool(workers: 2);
        await WorksAsync(pool);
        var workers = pool.WorkerIds.Select(ProcessIdentity.Of).ToArray();
        await Soon(Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await pool.DisposeAsync(), Cancelled))));
        Assert.All(workers, static worker => Assert.False(worker.IsAlive));
    }

    [Fact]
    public async Task Abort_kills_workers_that_ignore_everything()
    {
        var pool = new ProcessPool(workers: 2);
        var (task, worker, _) = await BusyAsync(pool);
        OtherParent.Signal(worker, Deaths.SIGSTOP);
        pool.Abort();
        await FailureAsync<OperationCanceledException>(task);
        await Soon(pool.DisposeAsync().AsTask());
        Assert.False(worker.IsAlive);
    }

    [Fact]
    public async Task Abort_while_a_dispose_waits_ends_it()
    {
        var pool = new ProcessPool(workers: 1);
        var (task, _, _) = await BusyAsync(pool);
        var disposed = pool.DisposeAsync().AsTask();
        Assert.False(disposed.IsCompleted);
        pool.Abort();
        await Soon(disposed);
        await FailureAsync<OperationCanceledException>(task);
    }

    [Fact]
    public async Task Worker_that_dies_while_its_pool_ends_holds_nobody_up()
    {
        for (int i = 0; i < 6; i++)
        {
            var pool = new ProcessPool(workers: 2);
            await WorksAsync(pool);
            var disposed = pool.DisposeAsync().AsTask();
            foreach (int id in pool.WorkerIds)
                Kill(id);
            await Soon(disposed);
        }
    }

    [Fact]
    public async Task Stopped_idle_worker_does_not_hold_up_the_end_of_its_pool()
    {
        var pool = new ProcessPool(new PoolOptions { Workers = 1, TerminationGrace = Grace });
        var worker = await WorkerOfAsync(pool);
        OtherParent.Signal(worker, Deaths.SIGSTOP);
        await Until.TrueAsync(() => worker.IsStopped);
        await Soon(pool.DisposeAsync().AsTask());
        Assert.False(worker.IsAlive);
    }

    [Fact]
    public async Task Stopped_worker_that_has_a_cancelled_task_does_not_hold_up_the_end_of_its_pool()
    {
        var pool = new ProcessPool(new PoolOptions { Workers = 1, TerminationGrace = Grace });
        var worker = await WorkerOfAsync(pool);
        OtherParent.Signal(worker, Deaths.SIGSTOP);
        await Until.TrueAsync(() => worker.IsStopped);
        using var source = new CancellationTokenSource();
        var task = pool.RunAsync(static () => { }, source.Token);
        await source.CancelAsync();
        await FailureAsync<OperationCanceledException>(task);
        await Soon(pool.DisposeAsync().AsTask());
        Assert.False(worker.IsAlive);
    }

    [Theory]
    [InlineData("exit handler")]
    [InlineData("foreground thread")]
    public async Task Worker_that_would_not_end_by_itself_does_not_hold_up_the_end_of_its_pool(string what)
    {
        var pool = new ProcessPool(new PoolOptions { Workers = 1, TerminationGrace = Grace });
        var worker = ProcessIdentity.Of(await Soon(pool.RunAsync(MakeStubborn, what, Cancelled)));
        await Soon(pool.DisposeAsync().AsTask());
        Assert.False(worker.IsAlive);
    }

    [Fact]
    public async Task Forgotten_pool_ends_its_workers()
    {
        int id = await UseAndForgetAsync();
        await CollectUntilAsync(() => ProcessIdentity.Find(id) is not { IsAlive: true });
    }

    [Fact]
    public async Task Forgotten_pool_still_answers_what_it_accepted()
    {
        var gate = NewGate();
        var tasks = SubmitAndForget(gate);
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        gate.Open();
        Assert.Equal(Enumerable.Range(0, 20), await Soon(Task.WhenAll(tasks)));
        await CollectUntilAsync(() => NoChildLeft.Ids().Length == 0);
    }

    private static async Task<List<Exception?>> SubmitUntilRefusedAsync(ProcessPool pool)
    {
        var outcomes = new List<Exception?>();
        try
        {
            while (true)
                outcomes.Add(await OutcomeAsync(pool.RunAsync(static x => x, 1, Cancelled)));
        }
        catch (ObjectDisposedException)
        {
            return outcomes;
        }
    }

    private static int MakeStubborn(string what)
    {
        if (what == "exit handler")
            AppDomain.CurrentDomain.ProcessExit += static (_, _) => Thread.Sleep(Timeout.Infinite);
        else
            new Thread(static () => Thread.Sleep(Timeout.Infinite)).Start();
        return Environment.ProcessId;
    }

    private static async Task CollectUntilAsync(Func<bool> condition) => await Until.TrueAsync(
        () =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return condition();
        },
        TimeSpan.FromSeconds(10));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<int> UseAndForgetAsync() => new ProcessPool(workers: 1).RunAsync(static () => Environment.ProcessId, Cancelled);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<int>[] SubmitAndForget(Gate gate)
    {
        var pool = new ProcessPool(workers: 2);
        return [.. Enumerable.Range(0, 20).Select(i => pool.RunAsync(PassAndAnswer, gate, i, Cancelled))];
    }

    private static int PassAndAnswer(Gate gate, int answer)
    {
        gate.Pass();
        return answer;
    }
}
