using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>What the target of a map captured goes to each worker once, and is read anew for each chunk.</summary>
[Collection(nameof(Alone))]
public sealed class CapturedDataTests : PoolTest
{
    private const int Megabyte = 1 << 20, Items = 2000;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Map_of_short_items_forms_chunks_however_much_is_captured(int megabytes)
    {
        await using var pool = new ProcessPool(workers: 2);
        var target = PlaceInChunk(new double[megabytes * Megabyte / sizeof(double)]);
        int[] places = await Soon(pool.MapAsync([.. Enumerable.Range(0, Items)], target, Cancelled));
        Assert.InRange(places.Count(static place => place == 1), 2, Items / 10);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(2 * Megabyte)]
    public async Task Captured_data_is_as_it_was_when_the_map_began(int size)
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, ChunkSize = 1 });
        byte[] data = new byte[size];
        int[] seen = [.. await Soon(pool.MapStreamAsync(Changing(data), LastOf(data), Cancelled).ToListAsync(Cancelled).AsTask())];
        Assert.Equal(new int[20], seen);
    }

    [Fact]
    public async Task Each_map_takes_what_is_captured_then()
    {
        await using var pool = new ProcessPool(workers: 1);
        byte[] data = new byte[Megabyte];
        var last = LastOf(data);
        for (byte round = 1; round < 5; round++)
        {
            data[^1] = round;
            Assert.Equal([round, round], await Soon(pool.MapAsync([1, 2], last, Cancelled)));
        }
    }

    [Fact]
    public async Task No_chunk_sees_what_another_has_changed_in_captured_data()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, ChunkSize = 5 });
        int[] places = await Soon(pool.MapAsync([.. Enumerable.Range(0, 100)], PlaceInChunk(new double[Megabyte]), Cancelled));
        Assert.All(places, static place => Assert.InRange(place, 1, 5));
        Assert.InRange(places.Count(static place => place == 1), 20, 100);
    }

    [Fact]
    public async Task Shared_memory_progress_and_tokens_that_are_captured_cross_with_every_chunk()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, ChunkSize = 3 });
        using var array = new SharedArray<int>(60);
        using var source = new CancellationTokenSource();
        var reports = new Reports();
        bool[] canBeCancelled = await Soon(pool.MapAsync(
            [.. Enumerable.Range(0, 60)], MarkAndReport(array, reports, new byte[Megabyte], source.Token), Cancelled));
        Assert.All(canBeCancelled, Assert.True);
        Assert.Equal(Enumerable.Range(1, 60), array.Span.ToArray());
        Assert.Equal(Enumerable.Range(0, 60), reports.Taken.Order());
    }

    [Fact]
    public async Task Map_with_captured_data_goes_on_in_another_worker_when_one_is_killed()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, ChunkSize = 10, Retries = 1 });
        string file = FileNamed("killed");
        int[] lasts = await Soon(pool.MapAsync([.. Enumerable.Range(0, 200)], KillOnce(file, new byte[3 * Megabyte]), Cancelled));
        Assert.Equal(Enumerable.Range(0, 200), lasts);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Captured_data_is_dropped_with_its_map()
    {
        await using var pool = new ProcessPool(workers: 1);
        var worker = await WorkerOfAsync(pool);
        byte[] data = new byte[200 * Megabyte];
        Array.Fill(data, (byte)1);
        Assert.Equal(1, (await Soon(pool.MapAsync([1], LastOf(data), Cancelled)))[0]);
        // Twice as much while it ran: what was kept, and what was read from that.
        await Until.TrueAsync(() => Resident(worker.Id) < 150 * Megabyte, what: "A worker that keeps nothing of a map that is over");
    }

    [Fact]
    public async Task Cancelled_map_drops_what_it_captured_and_its_pool_works_on()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, TerminationGrace = Grace });
        for (int round = 0; round < 5; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var gate = NewGate();
            var map = pool.MapAsync([.. Enumerable.Range(0, 50)], WaitAt(gate, new byte[20 * Megabyte]), cancellation.Token);
            cancellation.CancelAfter(10 * round);
            await FailureAsync<OperationCanceledException>(map);
        }
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Target_whose_captured_data_cannot_travel_is_refused_with_the_first_item_alone()
    {
        await using var pool = new ProcessPool(workers: 1);
        var target = LengthOf(new MemoryStream());
        Assert.Empty(await Soon(pool.MapAsync([], target, Cancelled)));
        await FailureAsync<TargetNotSupportedException>(pool.MapAsync([1], target, Cancelled));
    }

    [Fact]
    public async Task Initializer_with_much_data_costs_its_pool_one_copy()
    {
        const int Size = 64 * Megabyte;
        byte[] data = new byte[Size];
        long before = GC.GetTotalAllocatedBytes();
        await using (var pool = new ProcessPool(new PoolOptions { Workers = 3, Initializer = Initializer(data) }))
        {
            await WorksAsync(pool);
            Assert.Equal(Size, await Soon(pool.RunAsync(static () => s_initialized, Cancelled)));
        }
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, Size, 2L * Size);
    }

    private static int s_initialized;

    // Made here, lest the targets capture more than they need.
    private static Action Initializer(byte[] data) => () => s_initialized = data.Length;

    private static Func<int, int> PlaceInChunk(double[] data)
    {
        int place = 0;
        return _ => data.Length > 0 ? ++place : 0;
    }

    private static Func<int, int> LastOf(byte[] data) => _ => data[^1];

    private static Func<int, long> LengthOf(Stream stream) => _ => stream.Length;

    private static Func<int, int> WaitAt(Gate gate, byte[] data) => number =>
    {
        gate.Pass();
        return number + data[0];
    };

    private static Func<int, int> KillOnce(string file, byte[] data) => number =>
    {
        if (number == 55 && !File.Exists(file))
        {
            File.WriteAllText(file, "");
            Kill(Environment.ProcessId);
        }
        return number + data[^1];
    };

    private static Func<int, bool> MarkAndReport(SharedArray<int> array, IProgress<int> progress, byte[] data, CancellationToken token) => number =>
    {
        array.Span[number] = number + 1 + data[0];
        progress.Report(number);
        return token.CanBeCanceled;
    };

    private static IEnumerable<int> Changing(byte[] data)
    {
        for (int i = 0; i < 20; i++)
        {
            data[^1]++;
            yield return i;
        }
    }

    private static long Resident(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) << 10;
    }

    private sealed class Reports : IProgress<int>
    {
        private readonly List<int> _taken = [];

        internal IReadOnlyList<int> Taken
        {
            get
            {
                lock (_taken)
                    return [.. _taken];
            }
        }

        public void Report(int value)
        {
            lock (_taken)
                _taken.Add(value);
        }
    }
}
