using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>Maps over sources without end, while workers come and go.</summary>
[Collection(nameof(Alone))]
public sealed class EndlessMapTests : PoolTest
{
    [Fact]
    public async Task Source_without_end_is_read_only_a_little_ahead_while_tasks_are_long()
    {
        await using var pool = new ProcessPool(workers: 2);
        var source = new CountingSource();
        var results = new List<int>();
        await foreach (int result in pool.MapStreamAsync(source.Items(), static i => SleepAndAnswer(i), Cancelled))
        {
            results.Add(result);
            if (results.Count == 8)
                break;
        }
        Assert.Equal(Enumerable.Range(0, 8), results);
        Assert.InRange(source.Read, 8, 30);
        Assert.True(source.IsDisposed);
        await Until.TrueAsync(() => pool.Pending == 0);
    }

    [Fact]
    public async Task Nothing_is_read_while_nobody_takes_the_results()
    {
        await using var pool = new ProcessPool(workers: 1);
        var source = new CountingSource();
        await using var results = pool.MapStreamAsync(source.Items(), static i => SleepAndAnswer(i), Cancelled).GetAsyncEnumerator(Cancelled);
        Assert.True(await Soon(results.MoveNextAsync().AsTask()));
        int read = source.Read;
        await Until.TrueAsync(() => pool.Pending == 0);
        Assert.Equal(read, source.Read);
    }

    [Fact]
    public async Task Source_that_throws_gives_the_results_before_then_its_exception()
    {
        await using var pool = new ProcessPool(workers: 2);
        var results = new List<int>();
        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () =>
        {
            await foreach (int result in pool.MapStreamAsync(ThrowingAt(50), static i => i, Cancelled))
                results.Add(result);
        });
        Assert.Equal(Enumerable.Range(0, 50), results);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Endless_map_loses_no_order_when_its_workers_are_killed_and_their_items_retried()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, Retries = 20 });
        var source = new CountingSource();
        int taken = 0;
        await foreach (int result in pool.MapStreamAsync(source.Items(), static i => i, Cancelled))
        {
            Assert.Equal(taken, result);
            if (++taken % 1000 == 0 && pool.WorkerIds is [int first, ..])
                _ = LibC.SendSignal(first, Constants.SIGKILL);
            if (taken == 20_000)
                break;
        }
        Assert.Equal(20_000, taken);
        await WorksAsync(pool);
    }

    private static int SleepAndAnswer(int item)
    {
        Thread.Sleep(20);
        return item;
    }

    private static IEnumerable<int> ThrowingAt(int item)
    {
        for (int i = 0; i < item; i++)
            yield return i;
        throw new InvalidTimeZoneException("as the test wants it");
    }

    private sealed class CountingSource
    {
        internal int Read { get; private set; }

        internal bool IsDisposed { get; private set; }

        internal IEnumerable<int> Items()
        {
            try
            {
                while (true)
                    yield return Read++;
            }
            finally
            {
                IsDisposed = true;
            }
        }
    }
}
