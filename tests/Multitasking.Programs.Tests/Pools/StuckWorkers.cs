using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Multitasking.Children;
using Multitasking.Contracts;
using Multitasking.Fuse;

namespace Multitasking.Programs.Tests.Pools;

/// <summary>
/// Pools whose task waits for a file system that does not answer, each ended in another way: all at the same time, for each way takes as
/// long as the library waits for such a worker.
/// </summary>
public sealed class StuckWorkers : IAsyncLifetime
{
    private readonly ConcurrentDictionary<(string Pool, int Process), long> _counted = [];
    private readonly MeterListener _listener = new();
    private ProcessPool? _limited;
    private FuseMount? _mount;
    private string? _missing;

    /// <summary>The process that did not end of the pool with a time limit.</summary>
    internal int LimitedId { get; private set; }

    /// <summary>What came of the task with a time limit.</summary>
    internal Exception? Limited { get; private set; }

    /// <summary>What the pool with a time limit gave afterwards, while the process was there still.</summary>
    internal (int Answer, int Workers, string? Trouble, long Counted) Replaced { get; private set; }

    /// <summary>The same when the process had ended.</summary>
    internal (string? Trouble, long Counted) Afterwards { get; private set; }

    /// <summary>What came of the task that was cancelled, and what its pool gave afterwards.</summary>
    internal (Exception? Outcome, int Answer) Cancelled { get; private set; }

    /// <summary>What came of the task of the pool that was aborted.</summary>
    internal Exception? Aborted { get; private set; }

    /// <summary>What came of the task of the pool that was disposed of at once.</summary>
    internal Exception? Disposed { get; private set; }

    /// <summary>The exit code of a program whose pool has such a worker.</summary>
    internal int ExitCode { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _missing = FuseMount.Missing;
        if (_missing is not null)
            return;
        Listen();
        _mount = await FuseMount.StartAsync();
        await _mount.HoldAsync(FuseOperation.Read);
        await Task.WhenAll(LimitAsync(), CancelAsync(), AbortAsync(), DisposeAtOnceAsync(), ExitAsync());
        await _mount.ReleaseAsync();
        await Until.TrueAsync(() => _limited!.Trouble is null && Counted() == 0);
        Afterwards = (_limited!.Trouble, Counted());
        await _limited.DisposeAsync();
        await Until.TrueAsync(static () => ProcessMonitor.Current.Children.Count == 0);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        if (_mount is not null)
            await _mount.DisposeAsync();
    }

    internal void SkipWhereNoneCanBe() => Assert.SkipWhen(_missing is not null, _missing ?? "");

    private void Listen()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "multitasking.pool.workers.stuck")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, change, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary();
            var key = ((string)named["multitasking.pool.name"]!, (int)named["process.pid"]!);
            _counted.AddOrUpdate(key, change, (_, count) => count + change);
        });
        _listener.Start();
    }

    private long Counted() => _counted.GetValueOrDefault((_limited!.Name, LimitedId));

    private async Task LimitAsync()
    {
        _limited = new ProcessPool(new PoolOptions { Workers = 1, TaskTimeout = TimeSpan.FromSeconds(5) });
        var (task, worker) = await BeginAsync(_limited, "limited");
        LimitedId = worker;
        Limited = await OutcomeAsync(task);
        int answer = await _limited.RunAsync(static () => 7).WaitAsync(Until.Limit);
        await Until.TrueAsync(() => Counted() == 1);
        Replaced = (answer, _limited.WorkersAlive, _limited.Trouble, Counted());
    }

    private async Task CancelAsync()
    {
        await using var pool = new ProcessPool(workers: 1);
        using var source = new CancellationTokenSource();
        var (task, _) = await BeginAsync(pool, "cancelled", source.Token);
        await source.CancelAsync();
        var outcome = await OutcomeAsync(task);
        Cancelled = (outcome, await pool.RunAsync(static () => 7).WaitAsync(Until.Limit));
    }

    private async Task AbortAsync()
    {
        var pool = new ProcessPool(workers: 1);
        var (task, _) = await BeginAsync(pool, "aborted");
        pool.Abort();
        Aborted = await OutcomeAsync(task);
        await pool.DisposeAsync().AsTask().WaitAsync(Until.Limit);
    }

    private async Task DisposeAtOnceAsync()
    {
        var pool = new ProcessPool(new PoolOptions { Workers = 1, TaskTimeout = TimeSpan.FromSeconds(5) });
        var (task, _) = await BeginAsync(pool, "disposed");
        await pool.DisposeAsync().AsTask().WaitAsync(Until.Limit);
        Disposed = await OutcomeAsync(task);
    }

    private async Task ExitAsync()
    {
        await using var parent = OtherParent.Start("exits-with-stuck-worker", NewFile("exit"));
        await _mount!.HeldAsync(FuseOperation.Read, "exit");
        await parent.GoOnAsync();
        ExitCode = await parent.ExitAsync();
    }

    /// <returns>The task, and the worker that runs it on its first thread.</returns>
    private async Task<(Task Task, int Worker)> BeginAsync(ProcessPool pool, string name, CancellationToken cancellationToken = default)
    {
        var task = pool.RunAsync(File.ReadAllText, NewFile(name), cancellationToken);
        return (task, await _mount!.HeldAsync(FuseOperation.Read, name));
    }

    private static async Task<Exception?> OutcomeAsync(Task task) => await Record.ExceptionAsync(() => task.WaitAsync(Until.Limit));

    private string NewFile(string name)
    {
        string path = _mount!.Path(name);
        File.WriteAllText(path, "contents");
        return path;
    }
}
