using System.Runtime.CompilerServices;
using Xunit;

namespace Multitasking.Contracts;

// Maps that do not come to their end: failures, sources that throw, cancellation, callers that go.
public abstract partial class PoolContract
{
    [Fact(Timeout = Limit)]
    public async Task Map_fails_with_the_index_of_the_item()
    {
        await using var pool = CreateWith(2);
        var error = await Assert.ThrowsAsync<RemoteException>(() => pool.MapAsync(Enumerable.Range(10, 30), static i => PoolTargets.SquareUnless(i, 17), Cancelled));
        Assert.Equal((7, "item 17"), (error.ItemIndex, error.Message));
        error = await Assert.ThrowsAsync<RemoteException>(() => pool.ForEachAsync(Enumerable.Range(10, 30), static i => { PoolTargets.SquareUnless(i, 18); }, Cancelled));
        Assert.Equal(8, error.ItemIndex);
        Assert.IsType<InvalidOperationException>(error.InnerException);
        Assert.Contains(nameof(Map_fails_with_the_index_of_the_item), error.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Map_in_chunks_fails_with_the_index_of_the_item()
    {
        await using var pool = Create(new PoolOptions { Workers = 2, ChunkSize = 10 });
        var error = await Assert.ThrowsAsync<RemoteException>(() => pool.MapAsync(Enumerable.Range(0, 100), static i => PoolTargets.SquareUnless(i, 17), Cancelled));
        Assert.Equal(17, error.ItemIndex);
    }

    [Theory(Timeout = Limit)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Map_in_order_gives_what_comes_before_the_failure_and_nothing_behind(int chunk)
    {
        await using var pool = Create(new PoolOptions { Workers = 2, ChunkSize = chunk });
        var results = new List<int>();
        await Assert.ThrowsAsync<RemoteException>(
            async () =>
            {
                await foreach (int result in pool.MapStreamAsync(Enumerable.Range(0, 100), static i => PoolTargets.SquareUnless(i, 5), Cancelled))
                    results.Add(result);
            });
        Assert.Equal([0, 1, 4, 9, 16], results);
    }

    [Fact(Timeout = Limit)]
    public async Task Map_as_completed_gives_all_that_was_under_way_beside_the_failure()
    {
        await using var pool = Create(new PoolOptions { Workers = 2, ChunkSize = 10 });
        var results = new List<int>();
        var error = await Assert.ThrowsAsync<RemoteException>(
            async () =>
            {
                await foreach (int result in pool.MapAsCompletedAsync(Enumerable.Range(0, 10), static i => PoolTargets.SquareUnless(i, 5), Cancelled))
                    results.Add(result);
            });
        Assert.Equal(5, error.ItemIndex);
        Assert.Equal([0, 1, 4, 9, 16, 36, 49, 64, 81], results.Order());
    }

    [Fact(Timeout = Limit)]
    public async Task Map_that_fails_twice_throws_what_comes_first_in_the_order_of_the_items()
    {
        Needs.Engine(CanRunSeveral, "it runs one task at a time");
        string one = FileNamed("one"), two = FileNamed("two");
        await using var pool = Create(new PoolOptions { Workers = 2, ChunkSize = 1 });
        var error = await Assert.ThrowsAsync<RemoteException>(() => pool.MapAsync([0, 1], i => MeetAndFail(i, one, two), Cancelled));
        Assert.Equal((0, "item 0"), (error.ItemIndex, error.Message));
    }

    [Fact(Timeout = Limit)]
    public async Task Map_reads_no_further_after_a_failure()
    {
        int pulled = 0;
        await using var pool = CreateWith(2);
        await Assert.ThrowsAsync<RemoteException>(() => pool.MapAsync(Endless(), static i => PoolTargets.SquareUnless(i, 3), Cancelled));
        Assert.Equal(pulled, pool.Completed);

        IEnumerable<int> Endless()
        {
            while (true)
                yield return pulled++;
        }
    }

    [Theory(Timeout = Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Source_that_throws_ends_the_map_after_the_results_of_what_came_before(bool isAsync)
    {
        await using var pool = CreateWith(2);
        var results = new List<int>();
        var stream = isAsync
            ? pool.MapStreamAsync(Broken().ToAsyncEnumerable(), PoolTargets.Square, Cancelled)
            : pool.MapStreamAsync(Broken(), PoolTargets.Square, Cancelled);
        var error = await Assert.ThrowsAsync<FormatException>(
            async () =>
            {
                await foreach (int result in stream)
                    results.Add(result);
            });
        Assert.Equal(Enumerable.Range(0, 50).Select(PoolTargets.Square), results);
        Assert.Contains(nameof(Broken), error.StackTrace, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FormatException>(() => pool.MapAsync(Broken(), PoolTargets.Square, Cancelled));

        static IEnumerable<int> Broken()
        {
            for (int i = 0; i < 50; i++)
                yield return i;
            throw new FormatException("No fifty-first item.");
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Caller_who_goes_cancels_what_waits_and_what_runs()
    {
        Needs.Engine(CanEndTasks, "it cannot end tasks");
        var gate = NewGate();
        await using var pool = CreateWith(2);
        await foreach (int _ in pool.MapStreamAsync(Endless(), i => { gate.PassUnless(i == 0); return i; }, Cancelled))
            break;
        await Until.TrueAsync(() => pool.Pending == 0);
        Assert.False(gate.IsOpen);
        gate.Open();

        static IEnumerable<int> Endless()
        {
            for (int i = 0; ; i++)
                yield return i;
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Map_that_is_cancelled_throws_that_and_disposes_its_source()
    {
        var gate = NewGate();
        bool isDisposed = false;
        using var source = new CancellationTokenSource();
        await using var pool = CreateWith(2);
        var map = pool.MapAsync(Items(), async i => { await gate.PassAsync(); return i; }, source.Token);
        await source.CancelAsync();
        if (!CanEndTasks)
            gate.Open();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => map);
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.True(isDisposed);
        Assert.Equal(0, pool.Pending);
        gate.Open();

        IEnumerable<int> Items()
        {
            try
            {
                for (int i = 0; ; i++)
                    yield return i;
            }
            finally
            {
                isDisposed = true;
            }
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Map_that_is_cancelled_before_it_begins_reads_nothing()
    {
        await using var pool = CreateWith(1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.MapAsync(Unread(), PoolTargets.Square, new CancellationToken(canceled: true)));

        static IEnumerable<int> Unread()
        {
            Assert.Fail("It was read.");
            yield break;
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Map_over_a_source_that_ignores_its_token_can_be_cancelled()
    {
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isDisposed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var source = new CancellationTokenSource();
        await using var pool = CreateWith(1);
        var map = pool.MapAsync(Stuck(), PoolTargets.Square, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => map.WaitAsync(Until.Limit, Cancelled));
        never.SetResult();
        await isDisposed.Task.WaitAsync(Until.Limit, Cancelled);

        async IAsyncEnumerable<int> Stuck()
        {
            try
            {
                await never.Task;
                yield return 1;
            }
            finally
            {
                isDisposed.SetResult();
            }
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Token_of_the_enumeration_reaches_the_source()
    {
        using var source = new CancellationTokenSource();
        var isDisposed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pool = CreateWith(1);
        var results = pool.MapStreamAsync(Items(), PoolTargets.Square).WithCancellation(source.Token).GetAsyncEnumerator();
        Assert.True(await results.MoveNextAsync());
        var second = results.MoveNextAsync();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await second);
        await results.DisposeAsync();
        Assert.True(isDisposed.Task.IsCompleted);

        async IAsyncEnumerable<int> Items([EnumeratorCancellation] CancellationToken token = default)
        {
            try
            {
                yield return 1;
                await Task.Delay(Timeout.Infinite, token);
                yield return 2;
            }
            finally
            {
                isDisposed.SetResult();
            }
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Failure_does_not_wait_for_the_next_item_of_a_slow_source()
    {
        await using var pool = CreateWith(1);
        var error = await Assert.ThrowsAsync<RemoteException>(() => pool.MapAsync(Items(), static i => PoolTargets.SquareUnless(i, 1), Cancelled).WaitAsync(Until.Limit, Cancelled));
        Assert.Equal(0, error.ItemIndex);

        static async IAsyncEnumerable<int> Items([EnumeratorCancellation] CancellationToken token = default)
        {
            yield return 1;
            await Task.Delay(Timeout.Infinite, token);
            yield return 2;
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Map_under_way_when_its_pool_is_disposed_gives_what_was_handed_over_and_is_refused_then()
    {
        var gate = NewGate();
        int pulled = 0;
        var pool = CreateWith(1);
        var results = new List<int>();
        var map = Task.Run(
            async () =>
            {
                await foreach (int result in pool.MapStreamAsync(Endless(), async i => { await gate.PassAsync(); return i; }, Cancelled))
                    results.Add(result);
            },
            Cancelled);
        await Until.TrueAsync(() => pool.Pending > 1);
        var end = pool.DisposeAsync().AsTask();
        gate.Open();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => map.WaitAsync(Until.Limit, Cancelled));
        await end.WaitAsync(Until.Limit, Cancelled);
        Assert.Equal(Enumerable.Range(0, (int)pool.Completed), results);
        Assert.InRange(results.Count, 2, pulled);

        IEnumerable<int> Endless()
        {
            while (true)
                yield return pulled++;
        }
    }

    /// <summary>Both fail, the second first.</summary>
    internal static int MeetAndFail(int item, string one, string two)
    {
        Assert.True(item == 0 ? PoolTargets.Meet(one, two) : PoolTargets.Meet(two, one));
        if (item == 0)
            Thread.Sleep(20);
        throw new InvalidOperationException($"item {item}");
    }
}
