using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools;

[Collection(nameof(Alone))]
public sealed class DedicatedThreadPoolTests : LocalPoolTests
{
    protected override WorkerPool Create(PoolOptions options) => new DedicatedThreadPool(options);

    [Fact]
    public async Task Threads_are_named_after_their_pool_and_let_the_process_end()
    {
        await using var pool = new DedicatedThreadPool(new PoolOptions { Workers = 1, Name = "dancers" });
        var thread = await pool.RunAsync(static () => Thread.CurrentThread, Cancelled);
        Assert.Equal(("dancers-1", true, false), (thread.Name, thread.IsBackground, thread.IsThreadPoolThread));
    }

    [Fact]
    public async Task Threads_start_when_there_is_work_for_them()
    {
        var gate = NewGate();
        await using var pool = new DedicatedThreadPool(workers: 3);
        Assert.Equal(0, pool.WorkersAlive);
        await pool.RunAsync(static () => { }, Cancelled);
        Assert.Equal(1, pool.WorkersAlive);
        var tasks = Enumerable.Range(0, 5).Select(_ => pool.RunAsync(gate.Pass, Cancelled)).ToArray();
        Assert.Equal(3, pool.WorkersAlive);
        gate.Open();
        await Task.WhenAll(tasks);
    }

    [Fact]
    public async Task Thread_does_not_see_what_flows_with_the_one_who_started_it()
    {
        var local = new AsyncLocal<string?> { Value = "mine" };
        await using var pool = new DedicatedThreadPool(workers: 1);
        Assert.Null(await pool.RunAsync(() => local.Value, Cancelled));
    }

    [Fact]
    public async Task Abandoned_thread_is_counted_until_it_ends_and_replaced()
    {
        using var isFree = new ManualResetEventSlim();
        await using var pool = new DedicatedThreadPool(
            new PoolOptions { Workers = 1, TaskTimeout = TimeSpan.FromMilliseconds(50), TerminationGrace = TimeSpan.FromMilliseconds(10) });
        string? first = await pool.RunAsync(static () => Thread.CurrentThread.Name, Cancelled);
        var error = await Assert.ThrowsAsync<TaskTimeoutException>(() => pool.RunAsync(() => isFree.Wait(Until.Limit), Cancelled));
        Assert.Equal(1, pool.AbandonedThreads);
        Assert.Contains("a thread cannot be ended", error.Message, StringComparison.Ordinal);
        Assert.NotEqual(first, await pool.RunAsync(static () => Thread.CurrentThread.Name, Cancelled));
        Assert.Equal(1, pool.WorkersAlive);
        isFree.Set();
        await Until.TrueAsync(() => pool.AbandonedThreads == 0);
        Assert.Equal(3, pool.Completed);
    }

    [Fact]
    public async Task Abandoned_thread_is_not_waited_for()
    {
        using var isFree = new ManualResetEventSlim();
        using var source = new CancellationTokenSource();
        var pool = new DedicatedThreadPool(new PoolOptions { Workers = 1, TerminationGrace = TimeSpan.FromMilliseconds(10) });
        var task = pool.RunAsync(() => isFree.Wait(Until.Limit), source.Token);
        await source.CancelAsync();
        await pool.DisposeAsync();
        Assert.True(task.IsCanceled);
        isFree.Set();
        await Until.TrueAsync(() => pool.AbandonedThreads == 0);
    }

    [Fact]
    public async Task What_an_abandoned_call_does_later_is_ignored()
    {
        using var isFree = new ManualResetEventSlim();
        await using var pool = new DedicatedThreadPool(
            new PoolOptions { Workers = 1, ChunkSize = 4, TaskTimeout = TimeSpan.FromMilliseconds(50), TerminationGrace = TimeSpan.Zero });
        var calls = new System.Collections.Concurrent.ConcurrentQueue<int>();
        var error = await Assert.ThrowsAsync<TaskTimeoutException>(
            () => pool.MapAsync([0, 1, 2, 3], i =>
            {
                calls.Enqueue(i);
                if (i == 1)
                    isFree.Wait(Until.Limit);
                return i;
            },
            Cancelled));
        Assert.Equal(1, error.ItemIndex);
        isFree.Set();
        await Until.TrueAsync(() => pool.AbandonedThreads == 0);
        Assert.Equal([0, 1, 2, 3], calls);
        Assert.Equal(4, pool.Completed);
    }

    [Fact]
    public async Task Cancellation_is_not_lost_on_the_way_to_the_next_thread()
    {
        using var source = new CancellationTokenSource();
        await using var pool = new DedicatedThreadPool(new PoolOptions { Workers = 1, ChunkSize = 3, MaxTasksPerWorker = 1 });
        var calls = new System.Collections.Concurrent.ConcurrentQueue<int>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => pool.MapAsync([0, 1, 2], i =>
            {
                calls.Enqueue(i);
                source.Cancel();
                return i;
            },
            source.Token));
        Assert.Equal([0], calls);
    }

    [Fact]
    public async Task Exception_in_what_a_target_registered_with_its_token_harms_nobody()
    {
        await using var pool = new DedicatedThreadPool(new PoolOptions { Workers = 1, TaskTimeout = TimeSpan.FromMilliseconds(50) });
        await Assert.ThrowsAsync<TaskTimeoutException>(() => pool.RunAsync(FailWhenAsked, CancellationToken.None, Cancelled));
        Assert.Equal(1, await pool.RunAsync(static () => 1, Cancelled));

        static void FailWhenAsked(CancellationToken token)
        {
            using var isAsked = new ManualResetEventSlim();
            using var first = token.Register(static () => throw new InvalidOperationException("in a callback"));
            using var second = token.Register(isAsked.Set);
            isAsked.Wait(Until.Limit, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Initializer_that_does_not_return_does_not_hold_up_an_abort()
    {
        using var isFree = new ManualResetEventSlim();
        var pool = new DedicatedThreadPool(new PoolOptions { Workers = 1, Initializer = () => isFree.Wait(Until.Limit) });
        var task = pool.RunAsync(static () => { }, Cancelled);
        pool.Abort();
        await pool.DisposeAsync();
        Assert.True(task.IsCanceled);
        isFree.Set();
        await Until.TrueAsync(() => pool.AbandonedThreads == 0);
    }

    [Fact]
    public async Task Slow_items_are_shared_out_after_fast_ones()
    {
        await using var pool = new DedicatedThreadPool(workers: 2);
        // The first thousand teach that items are short.
        int[] items = [.. Enumerable.Repeat(0, 1000), .. Enumerable.Repeat(5, 40)];
        var threads = await pool.MapAsync(items, static milliseconds => { Thread.Sleep(milliseconds); return Environment.CurrentManagedThreadId; }, Cancelled);
        Assert.All(threads[1000..].CountBy(static id => id), static entry => Assert.InRange(entry.Value, 5, 35));
    }

    [Fact]
    public async Task Slow_items_of_one_chunk_are_shared_out()
    {
        await using var pool = new DedicatedThreadPool(workers: 2);
        // Of unknown length, so that nothing makes the last chunks smaller.
        var items = Enumerable.Repeat(0, 100_000).Concat(Enumerable.Repeat(5, 60)).Where(static _ => true);
        int[] threads = await pool.MapAsync(items, static milliseconds => { Wait(milliseconds); return Environment.CurrentManagedThreadId; }, Cancelled);
        Assert.All(threads[100_000..].CountBy(static id => id), static entry => Assert.InRange(entry.Value, 10, 50));

        static void Wait(int milliseconds)
        {
            if (milliseconds > 0)
                Thread.Sleep(milliseconds);
        }
    }

    [Fact]
    public async Task Threads_without_work_do_not_run()
    {
        await using var pool = new DedicatedThreadPool(workers: 4);
        await pool.MapAsync(Enumerable.Range(0, 100), static i => { Thread.Sleep(1); return i; }, Cancelled);
        long before = SwitchesOf(pool.Name);
        await Task.Delay(200, Cancelled);
        // Settling down takes each of them a step or two.
        Assert.InRange(SwitchesOf(pool.Name) - before, 0, 20);

        static long SwitchesOf(string pool) =>
            Directory.EnumerateDirectories("/proc/self/task")
                .Where(thread => File.ReadAllText($"{thread}/comm").StartsWith(pool, StringComparison.Ordinal))
                .SelectMany(static thread => File.ReadAllLines($"{thread}/status"))
                .Where(static line => line.Contains("ctxt_switches", StringComparison.Ordinal))
                .Sum(static line => long.Parse(line.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}
