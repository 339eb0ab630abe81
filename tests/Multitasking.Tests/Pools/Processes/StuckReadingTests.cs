using Multitasking.Bootstrap;
using Multitasking.Contracts;
using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Multitasking.Readers;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>An answer that this process does not come to the end of reading costs its own call, and nothing else.</summary>
[Collection(nameof(Alone))]
public sealed class StuckReadingTests : PoolTest
{
    private static readonly ManualResetEventSlim s_goOn = new();
    private static int s_stuck;

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        s_goOn.Set();
        await Until.TrueAsync(static () => Volatile.Read(ref s_stuck) == 0);
        s_goOn.Reset();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Reading_that_is_stuck_delays_no_other_answer()
    {
        await using var pool = new ProcessPool(workers: 2);
        var stuck = Enumerable.Range(0, 4).Select(_ => pool.RunAsync(UnreadableIn, Environment.ProcessId, Cancelled)).ToArray();
        await StuckAsync(4);
        Assert.Equal(7, (await Soon(pool.RunAsync(static () => new Dictionary<int, int> { [1] = 7 }, Cancelled)))[1]);
        Assert.Equal(["1", "2"], (await Soon(pool.MapAsync([1, 2], static x => new List<string> { $"{x}" }, Cancelled))).Select(static list => list[0]));
        s_goOn.Set();
        Assert.All(await Soon(Task.WhenAll(stuck)), static answer => Assert.Equal(1, answer[1]));
    }

    [Fact]
    public async Task Time_limit_holds_while_an_answer_is_read()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TaskTimeout = TimeSpan.FromSeconds(1), TerminationGrace = Grace });
        await FailureAsync<TaskTimeoutException>(pool.RunAsync(UnreadableIn, Environment.ProcessId, Cancelled));
        Assert.Equal(1, Volatile.Read(ref s_stuck));
        Assert.Equal(0, pool.Pending);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Time_limit_of_a_map_ends_the_item_that_cannot_be_read_and_no_other()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, ChunkSize = 4, TaskTimeout = TimeSpan.FromSeconds(1), TerminationGrace = Grace });
        var results = new List<int>();
        var late = await Assert.ThrowsAsync<TaskTimeoutException>(async () =>
        {
            await foreach (var answer in pool.MapAsCompletedAsync([0, 1, 2, 3], UnreadableAt(1, Environment.ProcessId), Cancelled))
                results.Add(answer[0]);
        });
        Assert.Equal(1, late.ItemIndex);
        Assert.Equal([0, 2, 3], results.Order());
    }

    [Fact]
    public async Task Cancellation_ends_a_call_whose_answer_is_being_read()
    {
        await using var pool = new ProcessPool(workers: 1);
        using var source = new CancellationTokenSource();
        var task = pool.RunAsync(UnreadableIn, Environment.ProcessId, source.Token);
        await StuckAsync(1);
        await source.CancelAsync();
        await FailureAsync<OperationCanceledException>(task);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Abort_ends_a_call_whose_answer_is_being_read()
    {
        var pool = new ProcessPool(workers: 1);
        var task = pool.RunAsync(UnreadableIn, Environment.ProcessId, Cancelled);
        await StuckAsync(1);
        pool.Abort();
        await FailureAsync<OperationCanceledException>(task);
        await Soon(pool.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task Death_of_the_worker_ends_a_call_whose_answer_is_being_read()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, ChunkSize = 2 });
        string file = FileNamed("id");
        // An array goes as one chunk; of any other sequence a slow moment makes two, and a worker that is done with the first does not end
        // it.
        int[] items = [0, 1];
        var task = pool.MapAsync(items, UnreadableThenAsleep(Environment.ProcessId, file), Cancelled);
        await StuckAsync(1);
        Kill(await ReadIdAsync(file));
        Assert.Equal(0, (await FailureAsync<WorkerLostException>(task)).ItemIndex);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Failure_that_a_task_sends_on_the_link_of_its_worker_is_read_by_no_thread_that_others_wait_for()
    {
        await using var pool = new ProcessPool(workers: 1);
        string file = FileNamed("id");
        var task = pool.RunAsync(SendDeepFailure, file, Cancelled);
        await ReadIdAsync(file);
        Assert.Equal(2, await Soon(ChildProcess.RunAsync(static () => 2, cancellationToken: Cancelled)));
        var lost = await FailureAsync<WorkerLostException>(task);
        var failure = Assert.IsType<RemoteException>(lost.InnerException);
        Assert.Contains("as the test wants it", failure.Message, StringComparison.Ordinal);
        Assert.Null(failure.InnerException);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Reports_that_nobody_takes_are_bounded_in_bytes()
    {
        const int Megabyte = 1 << 20;
        await using var pool = new ProcessPool(workers: 1);
        using var progress = new Blocked();
        string file = FileNamed("count");
        var task = pool.RunAsync(ReportMegabytes, (IProgress<byte[]>)progress, 100, file, Cancelled);
        // What may wait in the pool, and a few that are on their way.
        await Until.TrueAsync(() => Count(file) >= 10);
        await Task.Delay(500, Cancelled);
        Assert.InRange(Count(file), 10, (int)(Backlog.MostBytes / Megabyte) + 5);
        progress.Dispose();
        await Soon(task);
        Assert.Equal(100, progress.Taken);
    }

    private static int Count(string file) => File.Exists(file) ? (int)new FileInfo(file).Length : 0;

    private static Task StuckAsync(int count) => Until.TrueAsync(() => Volatile.Read(ref s_stuck) == count);

    private static void ReportMegabytes(IProgress<byte[]> progress, int count, string file)
    {
        for (int i = 0; i < count; i++)
        {
            progress.Report(new byte[1 << 20]);
            File.AppendAllText(file, "1");
        }
    }

    /// <summary>An exception whose value is so deep that reading it as an object takes more stack than the monitor's thread has.</summary>
    private static void SendDeepFailure(string file)
    {
        object deep = 0;
        for (int i = 0; i < 990; i++)
            deep = new KeyValuePair<byte, object>(1, deep);
        Lifeline.Current!.Send(FailureCodec.ToFrame(new ArgumentOutOfRangeException(nameof(file), deep, "as the test wants it"), Trust.None));
        WriteId(file);
        Environment.Exit(3);
    }

    private static Dictionary<int, int> UnreadableIn(int process) => new(new StuckComparer(process)) { [1] = 1 };

    // Made here, lest the target capture more than it needs.
    private static Func<int, Dictionary<int, int>> UnreadableAt(int item, int process) =>
        i => i == item ? UnreadableIn(process) : new Dictionary<int, int> { [0] = i };

    private static Func<int, Dictionary<int, int>> UnreadableThenAsleep(int process, string file) => i =>
    {
        if (i == 0)
            return UnreadableIn(process);
        WriteId(file);
        Thread.Sleep(Timeout.Infinite);
        return [];
    };

    /// <summary>
    /// A comparer that is not done in one process until the test lets it go on: the codec asks it, to build a dictionary anew.
    /// </summary>
    private sealed class StuckComparer(int process) : IEqualityComparer<int>
    {
        private readonly int _process = process;

        public bool Equals(int x, int y) => x == y;

        public int GetHashCode(int obj)
        {
            if (Environment.ProcessId != _process)
                return obj;
            Interlocked.Increment(ref s_stuck);
            s_goOn.Wait();
            Interlocked.Decrement(ref s_stuck);
            return obj;
        }
    }

    private sealed class Blocked : IProgress<byte[]>, IDisposable
    {
        private readonly ManualResetEventSlim _open = new();
        private int _taken;

        internal int Taken => Volatile.Read(ref _taken);

        public void Report(byte[] value)
        {
            _open.Wait();
            Interlocked.Increment(ref _taken);
        }

        public void Dispose() => _open.Set();
    }
}
