using System.Diagnostics;
using Multitasking.Copying.Copying;
using Multitasking.Copying.Pacing;
using Multitasking.Copying.Reporting;
using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Workers;

/// <summary>Workers that are threads: each reads folders and copies what is in them, and helps the others when it finds nothing new.</summary>
internal sealed class ThreadWorkers : CopyWorkers
{
    // Cancelled too when a worker fails, or the others would first finish the large files that they are at.
    private readonly CancellationTokenSource _stop;
    private readonly CopyTree _tree;
    private readonly ThreadPacer _pacer;
    private readonly CopyRoutes _routes;
    private readonly WorkerGovernor _governor;
    private readonly ThreadWorker[] _workers;

    internal ThreadWorkers(CopyTree tree, CopyOptions options, WorkerCount count, CancellationToken cancellation) : base(tree.Log, cancellation)
    {
        _tree = tree;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _pacer = new ThreadPacer(options.Pause, options.BytesPerSecond);
        _routes = new CopyRoutes(tree.Settings);
        _governor = new WorkerGovernor(count);
        HardLinkTable? hardLinks = tree.Settings.Keeps(CopyPreserve.HardLinks) ? new HardLinkTable() : null;
        _workers = [.. Enumerable.Range(0, count.Most).Select(_ => new ThreadWorker(tree, _routes, _pacer, hardLinks, _stop.Token))];
    }

    internal override Tally Sum()
    {
        var sum = new Tally();
        foreach (ThreadWorker worker in _workers)
            sum.Add(worker.Tally);
        return sum;
    }

    internal override IReadOnlyList<FilePath> Current() =>
        [.. _workers.Select(worker => worker.Current.Path()).Where(path => !path.IsEmpty)];

    public override void Dispose()
    {
        base.Dispose();
        _stop.Dispose();
    }

    protected override void StartThreads()
    {
        int allowed = _governor.Allowed;
        for (int i = 0; i < allowed; i++)
            Start(i);
        if (_governor.CanAdapt)
            StartThread(() => Govern(allowed));
    }

    protected override void Stop()
    {
        _tree.Queue.Stop();
        _governor.End();
        _stop.Cancel();
    }

    private void Start(int number) => StartThread(() =>
    {
        using CancellationTokenRegistration registration = Cancellation.Register(Stop);
        _workers[number].Work(() => _governor.MayWork(number), () => IsStopping);
        _governor.End();
    });

    /// <summary>Watches how much is done, and starts workers as they are allowed. A short copy never gets that far.</summary>
    private void Govern(int started)
    {
        long start = Stopwatch.GetTimestamp();
        while (!_tree.Queue.WaitForEnd(WorkerGovernor.Step))
        {
            _governor.Measure(Sum(), Stopwatch.GetElapsedTime(start));
            for (; started < _governor.Allowed; started++)
                Start(started);
        }
    }
}
