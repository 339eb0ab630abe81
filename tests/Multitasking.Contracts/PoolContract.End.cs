using System.Runtime.CompilerServices;
using Xunit;

namespace Multitasking.Contracts;

// The end of a pool: in good order, at once, forgotten, and while others use it.
public abstract partial class PoolContract
{
    [Fact(Timeout = Limit)]
    public async Task DisposeAsync_finishes_what_was_accepted()
    {
        var gate = NewGate();
        var pool = CreateWith(1);
        var busy = pool.RunAsync(gate.PassAsync, Cancelled);
        var waiting = Enumerable.Range(0, 20).Select(i => pool.RunAsync(PoolTargets.SquareAsync, i, Cancelled)).ToArray();
        var end = pool.DisposeAsync();
        Assert.False(end.IsCompleted);
        gate.Open();
        await end;
        Assert.True(busy.IsCompletedSuccessfully);
        Assert.All(waiting, static task => Assert.True(task.IsCompletedSuccessfully));
        Assert.Equal((21, 0, 0), (pool.Completed, pool.Pending, pool.WorkersAlive));
    }

    [Fact(Timeout = Limit)]
    public async Task DisposeAsync_of_a_pool_that_was_never_used_ends() => await CreateWith(1).DisposeAsync();

    [Fact(Timeout = Limit)]
    public async Task DisposeAsync_may_be_called_again_and_at_the_same_time()
    {
        var gate = NewGate();
        var pool = CreateWith(1);
        _ = pool.RunAsync(gate.PassAsync, Cancelled);
        var ends = Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await pool.DisposeAsync(), Cancelled)).ToArray();
        gate.Open();
        await Task.WhenAll(ends);
        await pool.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Pool_that_was_disposed_refuses_tasks()
    {
        var pool = Create(new PoolOptions { Workers = 1, Name = "bathers" });
        await pool.DisposeAsync();
        var error = Assert.Throws<ObjectDisposedException>(() => { _ = pool.RunAsync(PoolTargets.Square, 1, Cancelled); });
        Assert.Contains("bathers", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.MapAsync([1], PoolTargets.Square, Cancelled));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.ForEachAsync([1], static _ => { }, Cancelled));
        Assert.Equal(0, pool.Pending);
    }

    [Fact(Timeout = Limit)]
    public async Task Abort_cancels_what_waits_and_what_runs()
    {
        var gate = NewGate();
        var pool = CreateWith(1);
        Task[] tasks = [pool.RunAsync(gate.PassAsync, Cancelled), pool.RunAsync(gate.PassAsync, Cancelled), pool.MapAsync([1, 2], async _ => { await gate.PassAsync(); return 1; }, Cancelled)];
        pool.Abort();
        foreach (var task in tasks)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.WaitAsync(Until.Limit, Cancelled));
        Assert.Throws<ObjectDisposedException>(() => { _ = pool.RunAsync(PoolTargets.Square, 1, Cancelled); });
        await pool.DisposeAsync();
        Assert.Equal((0, 0), (pool.Pending, pool.WorkersAlive));
        gate.Open();
    }

    [Fact(Timeout = Limit)]
    public async Task Abort_ends_a_disposal_that_waits()
    {
        var gate = NewGate();
        var pool = CreateWith(1);
        var task = pool.RunAsync(gate.PassAsync, Cancelled);
        var end = pool.DisposeAsync().AsTask();
        Assert.False(end.IsCompleted);
        pool.Abort();
        await end.WaitAsync(Until.Limit, Cancelled);
        Assert.True(task.IsCanceled);
        gate.Open();
    }

    [Fact(Timeout = Limit)]
    public async Task Abort_triggers_the_token_of_the_task()
    {
        Needs.Engine(RunsElsewhere, "the call would not return");
        string started = FileNamed("started");
        await using var pool = CreateWith(1);
        var task = pool.RunAsync(PoolTargets.GiveWayAsync, started, CancellationToken.None, Cancelled);
        await Until.TrueAsync(() => File.Exists(started));
        pool.Abort();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
    }

    [Fact(Timeout = Limit)]
    public async Task Abort_may_be_called_again()
    {
        await using var pool = CreateWith(1);
        await pool.RunAsync(PoolTargets.Square, 1, Cancelled);
        pool.Abort();
        pool.Abort();
    }

    [Fact(Timeout = Limit)]
    public async Task Abort_does_not_wait_for_a_task_that_does_not_give_way()
    {
        Needs.Engine(CanEndTasks, "it cannot end tasks");
        var gate = NewGate();
        var pool = Create(new PoolOptions { Workers = 1, TerminationGrace = Until.Limit });
        var task = pool.RunAsync(gate.Pass, Cancelled);
        pool.Abort();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.WaitAsync(TimeSpan.FromSeconds(10), Cancelled));
        await pool.DisposeAsync();
        gate.Open();
    }

    [Fact(Timeout = Limit)]
    public async Task Pool_that_is_disposed_while_others_use_it_runs_or_refuses_each_task()
    {
        const int Callers = 8;
        WorkerPool pool = null!;
        int answered = 0, refused = 0;
        using var barrier = new Barrier(Callers + 1);
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Factory.StartNew(UseEachPool, Cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        for (int round = 0; round < EndRaces; round++)
        {
            pool = CreateWith(2);
            Assert.True(barrier.SignalAndWait(Until.Limit, Cancelled));
            await pool.DisposeAsync().AsTask().WaitAsync(Until.Limit, Cancelled);
            Assert.True(barrier.SignalAndWait(Until.Limit, Cancelled));
            Assert.Equal((0, 0), (pool.Pending, pool.WorkersAlive));
        }
        await Task.WhenAll(callers);
        Assert.Equal(EndRaces * Callers, answered + refused);

        void UseEachPool()
        {
            for (int round = 0; round < EndRaces; round++)
            {
                Assert.True(barrier.SignalAndWait(Until.Limit, Cancelled));
                try
                {
                    var task = pool.RunAsync(PoolTargets.Square, 3, Cancelled);
                    Assert.True(task.Wait(Until.Limit, Cancelled));
                    Assert.Equal(9, task.Result);
                    Interlocked.Increment(ref answered);
                }
                catch (ObjectDisposedException)
                {
                    Interlocked.Increment(ref refused);
                }
                Assert.True(barrier.SignalAndWait(Until.Limit, Cancelled));
            }
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Pool_that_is_aborted_while_others_use_it_leaves_no_task_open()
    {
        for (int round = 0; round < EndRaces / 10; round++)
        {
            var pool = CreateWith(2);
            var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => pool.RunAsync(PoolTargets.SquareAsync, 3, Cancelled), Cancelled)).ToArray();
            pool.Abort();
            await pool.DisposeAsync().AsTask().WaitAsync(Until.Limit, Cancelled);
            foreach (var caller in callers)
            {
                await ((Task)caller).WaitAsync(Until.Limit, Cancelled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Assert.True(caller.IsCompletedSuccessfully || caller.IsCanceled || caller.Exception?.InnerException is ObjectDisposedException, $"{caller.Status} {caller.Exception}");
            }
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Pool_that_was_forgotten_finishes_its_tasks_and_ends()
    {
        var gate = NewGate();
        Task[] tasks = UseAndForget(gate);
        Collect();
        Assert.All(tasks, static task => Assert.False(task.IsCompleted));
        gate.Open();
        await Task.WhenAll(tasks).WaitAsync(Until.Limit, Cancelled);
        await Until.TrueAsync(() => !HasWorkers("forgotten"));
    }

    [Fact(Timeout = Limit)]
    public async Task Pool_that_was_forgotten_idle_ends()
    {
        await UseOnceAndForgetAsync();
        await Until.TrueAsync(
            () =>
            {
                Collect();
                return !HasWorkers("forgotten");
            });
    }

    [Fact(Timeout = Limit)]
    public async Task ToString_gives_kind_name_and_what_it_does()
    {
        var gate = NewGate();
        var pool = Create(new PoolOptions { Workers = 4, Name = "dancers" });
        var task = pool.RunAsync(gate.PassAsync, Cancelled);
        Assert.StartsWith($"{pool.GetType().Name}(dancers, ", pool.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(" of 4 workers, 1 pending)", pool.ToString(), StringComparison.Ordinal);
        Assert.Equal(("dancers", 4), (pool.Name, pool.Workers));
        gate.Open();
        await task;
        await pool.DisposeAsync();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Task[] UseAndForget(Gate gate)
    {
        var pool = Create(new PoolOptions { Workers = 1, Name = "forgotten" });
        return [pool.RunAsync(gate.PassAsync), pool.RunAsync(gate.PassAsync), pool.RunAsync(gate.PassAsync)];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Task<int> UseOnceAndForgetAsync() => Create(new PoolOptions { Workers = 1, Name = "forgotten" }).RunAsync(PoolTargets.Square, 1);

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
