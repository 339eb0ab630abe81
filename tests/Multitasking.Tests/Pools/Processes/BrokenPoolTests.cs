using System.Globalization;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>A pool whose workers do not come to life says so soon, to everybody, and does not start processes for ever.</summary>
[Collection(nameof(Alone))]
public sealed class BrokenPoolTests : PoolTest
{
    // Three in a row; with several workers some more may be on their way by then.
    private const int MostStarts = 3 * 3;

    [Theory]
    [InlineData("throws", typeof(RemoteException))]
    [InlineData("exits", typeof(WorkerLostException))]
    [InlineData("crashes", typeof(WorkerLostException))]
    public async Task Initializer_that_fails_in_every_worker_breaks_the_pool(string way, Type cause)
    {
        string log = FileNamed("log");
        await using var pool = new ProcessPool(new PoolOptions { Name = "the pool", Workers = 2, Initializer = Failing(way, log) });
        var tasks = Enumerable.Range(0, 10).Select(_ => pool.RunAsync(static () => Environment.ProcessId, Cancelled)).ToArray();
        foreach (var task in tasks)
        {
            var broken = await FailureAsync<PoolBrokenException>(task);
            Assert.Equal(("the pool", cause), (broken.PoolName, broken.InnerException?.GetType()));
        }
        // Those that were on their way when it broke end too.
        await Until.TrueAsync(() => NoChildLeft.Ids().Length == 0);
        int starts = RunLog.All(log).Length;
        Assert.InRange(starts, 3, MostStarts);

        await Assert.ThrowsAsync<PoolBrokenException>(async () => await Soon(pool.RunAsync(static () => { }, Cancelled)));
        await Assert.ThrowsAsync<PoolBrokenException>(() => Soon(pool.MapAsync(Enumerable.Range(0, 10), static x => x, Cancelled)));
        Assert.Equal(starts, RunLog.All(log).Length);
    }

    [Fact]
    public async Task Reason_of_the_last_worker_is_told()
    {
        string log = FileNamed("log");
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, Initializer = Failing("exits", log) });
        var broken = await FailureAsync<PoolBrokenException>(pool.RunAsync(static () => { }, Cancelled));
        Assert.Equal(4, Assert.IsType<WorkerLostException>(broken.InnerException).ExitCode);
    }

    [Fact]
    public async Task First_cause_stays_when_workers_that_hang_are_ended_after_it()
    {
        string log = FileNamed("log");
        await using var pool = new ProcessPool(new PoolOptions { Workers = 5, TerminationGrace = Grace, Initializer = FailingThriceThenHanging(log) });
        var tasks = Enumerable.Range(0, 5).Select(_ => pool.RunAsync(static () => { }, Cancelled)).ToArray();
        foreach (var task in tasks)
            await FailureAsync<PoolBrokenException>(task);
        await Until.TrueAsync(() => NoChildLeft.Ids().Length == 0);
        var broken = await FailureAsync<PoolBrokenException>(pool.RunAsync(static () => { }, Cancelled));
        Assert.Contains("the licence is missing", broken.Message, StringComparison.Ordinal);
        Assert.Contains("broken", pool.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initializer_that_hangs_and_is_killed_every_time_breaks_the_pool()
    {
        string log = FileNamed("log");
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, Initializer = Failing("hangs", log) });
        var task = pool.RunAsync(static () => { }, Cancelled);
        int killed = 0;
        await Until.TrueAsync(() =>
        {
            string[] ids = RunLog.All(log);
            foreach (string id in ids)
                Kill(int.Parse(id, CultureInfo.InvariantCulture));
            killed = ids.Length;
            return task.IsCompleted;
        });
        await FailureAsync<PoolBrokenException>(task);
        Assert.InRange(killed, 3, MostStarts);
    }

    [Fact]
    public async Task Initializer_that_hangs_does_not_hold_up_an_abort()
    {
        var pool = new ProcessPool(new PoolOptions { Workers = 1, TerminationGrace = Grace, Initializer = static () => Thread.Sleep(Timeout.Infinite) });
        var task = pool.RunAsync(static () => { }, Cancelled);
        await Until.TrueAsync(static () => NoChildLeft.Ids().Length > 0);
        pool.Abort();
        await FailureAsync<OperationCanceledException>(task);
        await Soon(pool.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task Initializer_that_hangs_does_not_hold_up_a_cancellation()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TerminationGrace = Grace, Initializer = static () => Thread.Sleep(Timeout.Infinite) });
        using var source = new CancellationTokenSource();
        var task = pool.RunAsync(static () => { }, source.Token);
        await Until.TrueAsync(static () => NoChildLeft.Ids().Length > 0);
        await source.CancelAsync();
        await FailureAsync<OperationCanceledException>(task);
    }

    [Fact]
    public async Task Pool_works_when_the_third_worker_comes_to_life()
    {
        string log = FileNamed("log");
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, Initializer = FailingTwice(log) });
        Assert.Equal(42, await Soon(pool.RunAsync(static x => x + 1, 41, Cancelled)));
    }

    [Fact]
    public async Task Initializer_runs_once_in_each_worker_before_its_first_task()
    {
        string log = FileNamed("log");
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, MaxTasksPerWorker = 5, Initializer = Noting(log) });
        int[] ids = await Soon(Task.WhenAll(Enumerable.Range(0, 30).Select(_ => pool.RunAsync(ReadNoted, log, Cancelled))));
        string[] noted = RunLog.All(log);
        Assert.Equal(noted.Distinct(), noted);
        Assert.All(ids.Distinct(), id => Assert.Contains($"{id}", noted));
    }

    [Fact]
    public async Task Initializer_that_cannot_travel_is_refused()
    {
        var thread = Thread.CurrentThread;
        await Assert.ThrowsAsync<TargetNotSupportedException>(async () =>
        {
            await using var pool = new ProcessPool(new PoolOptions { Workers = 1, Initializer = () => _ = thread.Name });
            await Soon(pool.RunAsync(static () => { }, Cancelled));
        });
    }

    [Fact]
    public async Task Programs_that_are_gone_break_the_pool_instead_of_holding_it_up()
    {
        string copy = Directory.CreateDirectory(FileNamed("program")).FullName;
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, "Multitasking*"))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        await using var parent = OtherParent.StartCopy(copy, "pool-loses-its-program");
        await parent.SaysAsync("ready");
        Directory.Delete(copy, recursive: true);
        await parent.GoOnAsync();
        Assert.Equal(0, await parent.ExitAsync());
        string[] outcomes = [.. (await parent.OutputAsync()).Where(static line => line.StartsWith("task", StringComparison.Ordinal))];
        Assert.Equal(10, outcomes.Length);
        Assert.All(outcomes, static line => Assert.Matches("^task: (WorkerLostException|PoolBrokenException)$", line));
        Assert.Equal("task: PoolBrokenException", outcomes[^1]);
    }

    // Made here, lest the initializer capture more than it needs.
    private static Action Failing(string way, string log) => () => Fail(way, log);

    private static void Fail(string way, string log)
    {
        RunLog.Note(log, Environment.ProcessId);
        switch (way)
        {
            case "throws":
                throw new InvalidDataException("as the test wants it");
            case "exits":
                Environment.Exit(4);
                break;
            case "crashes":
                _ = Deaths.Die("SIGKILL");
                break;
            case "hangs":
                Thread.Sleep(Timeout.Infinite);
                break;
        }
    }

    private static Action FailingTwice(string log) => () => FailTwice(log);

    private static void FailTwice(string log)
    {
        if (RunLog.TakeNumber(log) < 2)
            throw new InvalidDataException("as the test wants it");
    }

    private static Action FailingThriceThenHanging(string log) => () => FailThriceThenHang(log);

    private static void FailThriceThenHang(string log)
    {
        if (RunLog.TakeNumber(log) >= 3)
            Thread.Sleep(Timeout.Infinite);
        throw new InvalidDataException("the licence is missing");
    }

    private static Action Noting(string log) => () => Note(log);

    private static void Note(string log) => RunLog.Note(log, Environment.ProcessId);

    private static int ReadNoted(string log)
    {
        Assert.Contains($"{Environment.ProcessId}", RunLog.All(log));
        return Environment.ProcessId;
    }
}
