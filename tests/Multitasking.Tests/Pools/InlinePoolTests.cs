using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools;

[Collection(nameof(Alone))]
public sealed class InlinePoolTests : LocalPoolTests
{
    protected override WorkerPool Create(PoolOptions options) => new InlinePool(options);

    [Fact]
    public async Task Options_may_be_left_out()
    {
        await using var pool = new InlinePool();
        Assert.Equal(1, await pool.RunAsync(static () => 1, Cancelled));
    }

    [Fact]
    public async Task Synchronous_target_has_run_on_the_thread_of_the_caller_when_the_call_returns()
    {
        await using var pool = new InlinePool();
        var task = pool.RunAsync(static () => Environment.CurrentManagedThreadId, Cancelled);
        Assert.True(task.IsCompletedSuccessfully);
        Assert.Equal(Environment.CurrentManagedThreadId, await task);
    }

    [Fact]
    public async Task Asynchronous_target_runs_in_place_to_its_first_await()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int begunOn = 0;
        await using var pool = new InlinePool();
        var task = pool.RunAsync(
            async () =>
            {
                begunOn = Environment.CurrentManagedThreadId;
                await source.Task;
            },
            Cancelled);
        Assert.Equal((Environment.CurrentManagedThreadId, 1), (begunOn, pool.WorkersAlive));
        Assert.False(task.IsCompleted);
        source.SetResult();
        await task;
        Assert.Equal(0, pool.WorkersAlive);
    }

    [Fact]
    public async Task No_more_asynchronous_targets_go_on_at_the_same_time_than_there_would_be_workers()
    {
        int running = 0, most = 0;
        await using var pool = new InlinePool(new PoolOptions { Workers = 3 });
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => pool.RunAsync(
            async () =>
            {
                int now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                await Task.Delay(1);
                Interlocked.Decrement(ref running);
            },
            Cancelled)));
        Assert.Equal(3, most);

        static void InterlockedMax(ref int most, int value)
        {
            int seen;
            while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
            {
            }
        }
    }

    [Fact]
    public async Task Task_that_awaits_another_of_its_pool_does_not_wait_for_its_own_place()
    {
        await using var pool = new InlinePool(new PoolOptions { Workers = 1 });
        int answer = await pool.RunAsync(
            async () =>
            {
                await Task.Yield();
                return await pool.RunAsync(async () => { await Task.Yield(); return 5; });
            },
            Cancelled).WaitAsync(Until.Limit, Cancelled);
        Assert.Equal(5, answer);
    }

    [Fact]
    public async Task Many_asynchronous_tasks_that_wait_for_a_place_need_no_stack()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pool = new InlinePool(new PoolOptions { Workers = 1 });
        var first = pool.RunAsync(() => source.Task, Cancelled);
        var rest = Enumerable.Range(0, 20_000).Select(i => pool.RunAsync(static i => Task.FromResult(i), i, Cancelled)).ToArray();
        source.SetResult();
        await first;
        Assert.Equal(Enumerable.Range(0, 20_000), await Task.WhenAll(rest));
    }

    [Fact]
    public async Task Task_that_took_too_long_fails_when_it_has_ended()
    {
        await using var pool = new InlinePool(new PoolOptions { TaskTimeout = TimeSpan.FromMilliseconds(20) });
        var task = pool.RunAsync(static () => { Thread.Sleep(50); return 1; }, Cancelled);
        var error = await Assert.ThrowsAsync<TaskTimeoutException>(() => task);
        Assert.Contains("it ended too late", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Abort_cancels_what_is_between_its_awaits()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pool = new InlinePool(new PoolOptions { Workers = 1 });
        Task[] tasks = [pool.RunAsync(() => source.Task, Cancelled), pool.RunAsync(() => source.Task, Cancelled)];
        pool.Abort();
        Assert.All(tasks, static task => Assert.True(task.IsCanceled));
        await pool.DisposeAsync();
        source.SetResult();
    }

    [Fact]
    public async Task Initializer_runs_once_for_callers_that_come_at_the_same_time()
    {
        int runs = 0;
        await using var pool = new InlinePool(new PoolOptions { Initializer = () => { Thread.Sleep(10); Interlocked.Increment(ref runs); } });
        int[] seen = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => pool.RunAsync(() => runs, Cancelled), Cancelled)));
        Assert.Equal([1, 1, 1, 1], seen);
    }
}
