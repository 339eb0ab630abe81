using System.Diagnostics;
using Multitasking.Copying.Reporting;
using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Workers;

/// <summary>One copy from its beginning to its end.</summary>
internal static class CopyRun
{
    private static readonly TimeSpan s_reportInterval = TimeSpan.FromMilliseconds(100);

    /// <exception cref="CopyRefusedException">Nothing was begun.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, and all workers have ended.</exception>
    internal static CopyResult Execute(
        CopyOptions options, IReadOnlyList<FilePath> sources, FilePath destination, IProgress<CopyProgress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        long start = Stopwatch.GetTimestamp();
        using CopyRoots roots = RootPlanner.Plan(sources, destination);
        var errors = new ErrorLog(options.ErrorOccurred);
        var tree = new CopyTree(roots, errors);
        int count = options.Workers > 0 ? options.Workers : Environment.ProcessorCount;
        using CopyWorkers workers = options.Isolation == WorkerIsolation.Processes
            ? new ProcessWorkers(tree, count, cancellation)
            : new ThreadWorkers(tree, count, cancellation);
        using var survey = progress is null || !options.CountAhead ? null : new Survey(roots);
        var meter = new ProgressMeter(start);
        tree.Begin();
        workers.Start();
        try
        {
            while (!workers.Wait(progress is null ? Timeout.InfiniteTimeSpan : s_reportInterval))
            {
                survey?.StartOnce();
                progress!.Report(meter.Read(workers.Sum(), survey?.Totals ?? default, errors.Count));
            }
        }
        catch (Exception failure)
        {
            // The workers use what is closed when this returns.
            workers.Abort(failure);
            throw;
        }

        tree.Open.CloseIdle();
        workers.ThrowIfFailed();
        Tally done = workers.Sum();
        progress?.Report(meter.ReadLast(done, errors.Count));
        return new CopyResult
        {
            FilesCopied = done.FilesCopied,
            FilesUnchanged = done.FilesUnchanged,
            FoldersCreated = done.FoldersCreated + roots.FoldersCreated,
            LinksCopied = done.LinksCopied,
            BytesCopied = done.BytesCopied,
            Errors = errors.ToArray(),
            Elapsed = Stopwatch.GetElapsedTime(start),
            WorkersLost = workers.Lost,
        };
    }
}
