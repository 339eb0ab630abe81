using Xunit;

namespace Multitasking.Contracts;

// One target for all items of a source: results, order, laziness.
public abstract partial class PoolContract
{
    [Fact(Timeout = Limit)]
    public async Task MapAsync_gives_all_results_in_order()
    {
        int[] items = [.. Enumerable.Range(0, 1000)], squares = [.. items.Select(PoolTargets.Square)];
        await using var pool = CreateWith(2);
        Assert.Equal(squares, await pool.MapAsync(items, PoolTargets.Square, Cancelled));
        Assert.Equal(squares, await pool.MapAsync(items.ToList(), x => x * x, Cancelled));
        Assert.Equal(squares, await pool.MapAsync(items.Where(static _ => true), PoolTargets.SquareAsync, Cancelled));
        Assert.Equal(squares, await pool.MapAsync(items.ToAsyncEnumerable(), PoolTargets.Square, Cancelled));
        Assert.Equal(squares, await pool.MapAsync(items.ToAsyncEnumerable(), async x => await PoolTargets.SquareAsync(x), Cancelled));
        Assert.Equal((5000, 0), (pool.Completed, pool.Pending));
    }

    [Fact(Timeout = Limit)]
    public async Task MapStreamAsync_gives_all_results_in_order()
    {
        int[] items = [.. Enumerable.Range(0, 500)], squares = [.. items.Select(PoolTargets.Square)];
        await using var pool = CreateWith(2);
        Assert.Equal(squares, await pool.MapStreamAsync(items, PoolTargets.Square, Cancelled).ToArrayAsync(Cancelled));
        Assert.Equal(squares, await pool.MapStreamAsync(items, PoolTargets.SquareAsync, Cancelled).ToArrayAsync(Cancelled));
        Assert.Equal(squares, await pool.MapStreamAsync(items.ToAsyncEnumerable(), PoolTargets.Square, Cancelled).ToArrayAsync(Cancelled));
        Assert.Equal(squares, await pool.MapStreamAsync(items.ToAsyncEnumerable(), PoolTargets.SquareAsync, Cancelled).ToArrayAsync(Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task MapAsCompletedAsync_gives_each_result_once()
    {
        int[] items = [.. Enumerable.Range(0, 500)], squares = [.. items.Select(PoolTargets.Square)];
        await using var pool = CreateWith(2);
        Assert.Equal(squares, (await pool.MapAsCompletedAsync(items, PoolTargets.Square, Cancelled).ToArrayAsync(Cancelled)).Order());
        Assert.Equal(squares, (await pool.MapAsCompletedAsync(items, PoolTargets.SquareAsync, Cancelled).ToArrayAsync(Cancelled)).Order());
        Assert.Equal(squares, (await pool.MapAsCompletedAsync(items.ToAsyncEnumerable(), PoolTargets.Square, Cancelled).ToArrayAsync(Cancelled)).Order());
        Assert.Equal(squares, (await pool.MapAsCompletedAsync(items.ToAsyncEnumerable(), PoolTargets.SquareAsync, Cancelled).ToArrayAsync(Cancelled)).Order());
    }

    [Fact(Timeout = Limit)]
    public async Task ForEachAsync_calls_the_target_for_each_item()
    {
        string file = FileNamed("notes");
        int[] items = [1, 2, 3];
        await using var pool = CreateWith(1);
        await pool.ForEachAsync(items, i => PoolTargets.Note(file, $"{i}"), Cancelled);
        await pool.ForEachAsync(items, async i => await PoolTargets.NoteAsync(file, $"{i}"), Cancelled);
        await pool.ForEachAsync(items.ToAsyncEnumerable(), i => PoolTargets.Note(file, $"{i}"), Cancelled);
        await pool.ForEachAsync(items.ToAsyncEnumerable(), async i => await PoolTargets.NoteAsync(file, $"{i}"), Cancelled);
        Assert.Equal(["1", "2", "3", "1", "2", "3", "1", "2", "3", "1", "2", "3"], await File.ReadAllLinesAsync(file, Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task Empty_source_gives_nothing()
    {
        await using var pool = CreateWith(1);
        Assert.Empty(await pool.MapAsync(Array.Empty<int>(), PoolTargets.Square, Cancelled));
        Assert.Empty(await pool.MapAsync(Enumerable.Empty<int>(), PoolTargets.Square, Cancelled));
        Assert.Empty(await pool.MapAsync(AsyncEnumerable.Empty<int>(), PoolTargets.Square, Cancelled));
        Assert.Empty(await pool.MapStreamAsync(new List<int>(), PoolTargets.Square, Cancelled).ToArrayAsync(Cancelled));
        Assert.Empty(await pool.MapAsCompletedAsync(AsyncEnumerable.Empty<int>(), PoolTargets.Square, Cancelled).ToArrayAsync(Cancelled));
        await pool.ForEachAsync(Enumerable.Empty<int>(), static _ => { }, Cancelled);
        Assert.Equal(0, pool.Completed);
    }

    [Fact(Timeout = Limit)]
    public async Task Null_source_and_null_target_are_refused_by_the_call_itself()
    {
        await using var pool = CreateWith(1);
        IEnumerable<int> none = null!;
        IAsyncEnumerable<int> asyncNone = null!;
        Func<int, int> target = null!;
        Assert.Throws<ArgumentNullException>("source", () => { _ = pool.MapAsync(none, PoolTargets.Square, Cancelled); });
        Assert.Throws<ArgumentNullException>("source", () => { _ = pool.MapAsync(asyncNone, PoolTargets.Square, Cancelled); });
        Assert.Throws<ArgumentNullException>("source", () => { _ = pool.MapStreamAsync(none, PoolTargets.Square, Cancelled); });
        Assert.Throws<ArgumentNullException>("source", () => { _ = pool.MapAsCompletedAsync(asyncNone, PoolTargets.Square, Cancelled); });
        Assert.Throws<ArgumentNullException>("source", () => { _ = pool.ForEachAsync(none, static _ => { }, Cancelled); });
        Assert.Throws<ArgumentNullException>("target", () => { _ = pool.MapAsync([1], target, Cancelled); });
        Assert.Throws<ArgumentNullException>("target", () => { _ = pool.MapStreamAsync([1], target, Cancelled); });
        Assert.Throws<ArgumentNullException>("target", () => { _ = pool.MapAsCompletedAsync([1], target, Cancelled); });
        Assert.Throws<ArgumentNullException>("target", () => { _ = pool.ForEachAsync([1], (Action<int>)null!, Cancelled); });
    }

    [Theory(Timeout = Limit)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Chunks_of_any_size_give_the_same(int size)
    {
        int[] items = [.. Enumerable.Range(0, 100)];
        await using var pool = Create(new PoolOptions { Workers = 2, ChunkSize = size });
        Assert.Equal(items.Select(PoolTargets.Square), await pool.MapAsync(items, PoolTargets.Square, Cancelled));
        Assert.Equal(items.Select(PoolTargets.Square), await pool.MapStreamAsync(items, PoolTargets.Square, Cancelled).ToArrayAsync(Cancelled));
        Assert.Equal(200, pool.Completed);
    }

    [Fact(Timeout = Limit)]
    public async Task Many_short_items_come_back_in_order()
    {
        int[] items = [.. Enumerable.Range(0, 200_000)];
        await using var pool = CreateWith(2);
        int[] results = await pool.MapAsync(items, static x => x + 1, Cancelled);
        Assert.True(results.AsSpan().SequenceEqual(items.Select(static x => x + 1).ToArray()));
    }

    [Theory(Timeout = Limit)]
    [InlineData(1, 2, 10)]
    [InlineData(null, 2, 10)]
    // As many as take half a millisecond, but never more chunks than these.
    [InlineData(1, 0, 5 + 1024)]
    public async Task Source_is_read_only_so_far_as_its_results_are_taken(int? chunkSize, int milliseconds, int most)
    {
        int pulled = 0;
        bool isDisposed = false;
        await using var pool = Create(new PoolOptions { Workers = 2, ChunkSize = chunkSize });
        var results = await pool.MapStreamAsync(Endless(), i => PoolTargets.SlowSquare(i, milliseconds), Cancelled).Take(5).ToListAsync(Cancelled);
        Assert.Equal([0, 1, 4, 9, 16], results);
        // Five were taken; a few are under way or wait.
        Assert.InRange(pulled, 5, most);
        Assert.True(isDisposed);

        IEnumerable<int> Endless()
        {
            try
            {
                while (true)
                    yield return pulled++;
            }
            finally
            {
                isDisposed = true;
            }
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Source_is_not_read_on_while_the_first_result_is_awaited()
    {
        var gate = NewGate();
        int pulled = 0;
        await using var pool = Create(new PoolOptions { Workers = 2, ChunkSize = 1 });
        var results = pool.MapStreamAsync(Endless(), async i => { await PassAtAsync(gate, i, 0); return i; }, Cancelled).GetAsyncEnumerator(Cancelled);
        var first = results.MoveNextAsync().AsTask();
        // All others that were taken have ended by now, and still nothing more is taken.
        await Until.TrueAsync(() => pool.Pending == 1);
        Assert.False(first.IsCompleted);
        Assert.InRange(pulled, 1, 5);
        gate.Open();
        Assert.True(await first);
        Assert.Equal(0, results.Current);
        await results.DisposeAsync();

        IEnumerable<int> Endless()
        {
            while (true)
                yield return pulled++;
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Results_come_as_completed_while_the_first_item_still_runs()
    {
        Needs.Engine(CanRunSeveral, "it runs one task at a time");
        var gate = NewGate();
        await using var pool = CreateWith(2);
        var results = new List<int>();
        await foreach (int result in pool.MapAsCompletedAsync(Enumerable.Range(0, 20), i => PassAt(gate, i, 0), Cancelled))
        {
            results.Add(result);
            // The others reach the end of the source meanwhile, as a single worker takes them.
            if (results.Count == 4)
                gate.Open();
        }
        Assert.DoesNotContain(0, results.Take(4));
        Assert.Equal(Enumerable.Range(0, 20), results.Order());
    }

    [Fact(Timeout = Limit)]
    public async Task Results_of_tasks_that_end_in_any_order_come_in_the_order_of_the_items()
    {
        await using var pool = CreateWith(4);
        int[] milliseconds = [40, 30, 20, 10, 0, 8, 4, 2];
        Assert.Equal(milliseconds, await pool.MapStreamAsync(milliseconds, static async wait => { await Task.Delay(wait); return wait; }, Cancelled).ToArrayAsync(Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task Results_flow_while_an_asynchronous_source_has_no_next_item()
    {
        var isNextWanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pool = CreateWith(2);
        var results = new List<int>();
        await foreach (int result in pool.MapStreamAsync(Slow(), PoolTargets.Square, Cancelled))
        {
            results.Add(result);
            isNextWanted.TrySetResult();
        }
        Assert.Equal([4, 9], results);

        async IAsyncEnumerable<int> Slow()
        {
            yield return 2;
            await isNextWanted.Task;
            yield return 3;
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Results_can_be_enumerated_again()
    {
        await using var pool = CreateWith(1);
        var results = pool.MapStreamAsync(Enumerable.Range(1, 3), PoolTargets.Square, Cancelled);
        Assert.Equal([1, 4, 9], await results.ToListAsync(Cancelled));
        Assert.Equal([1, 4, 9], await results.ToListAsync(Cancelled));
    }

    /// <summary>Waits at one of the items.</summary>
    internal static async Task PassAtAsync(Gate gate, int item, int closed)
    {
        if (item == closed)
            await gate.PassAsync();
    }
}
