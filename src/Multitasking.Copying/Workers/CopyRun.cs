using System.Diagnostics;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Removing;
using Multitasking.Copying.Reporting;
using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Workers;

/// <summary>One copy from its beginning to its end.</summary>
internal sealed class CopyRun(CopyOptions options, IReadOnlyList<FilePath> sources, FilePath destination)
{
    private static readonly TimeSpan s_reportInterval = TimeSpan.FromMilliseconds(100);

    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    /// <exception cref="CopyRefusedException">Nothing was begun.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, and all workers have ended.</exception>
    internal CopyResult Execute(IProgress<CopyProgress>? progress, EventQueue? events, CancellationToken cancellation)
    {
        OptionRules.Check(options);
        cancellation.ThrowIfCancellationRequested();
        long start = Stopwatch.GetTimestamp();
        var settings = CopySettings.Of(options, tellsEvents: events is not null);
        using CopyRoots roots = RootPlanner.Plan(sources, destination, options, settings);
        var log = new RunLog(options.OnError, events, options.RetryWait, cancellation);
        var tree = new CopyTree(roots, settings, new TreeRules(options), log);
        Mirror? mirror = options.Mirror ? new Mirror(tree, new DeletionBudget(options.MaxDeletions), backsUp: !options.BackupFolder.IsEmpty) : null;
        tree.Completing = mirror is null ? null : mirror.Clean;
        tree.Completed = options is { Move: true, DryRun: false } ? new MovedFolders(tree).Remove : null;
        using CopyWorkers workers = Workers(tree, cancellation);
        log.Stopping = workers.EndEarly;
        using var survey = progress is null || !options.CountAhead ? null : new Survey(roots, tree);
        var meter = new ProgressMeter(start, options.Pause);
        tree.Begin();
        workers.Start();
        try
        {
            while (!workers.Wait(progress is null ? Timeout.InfiniteTimeSpan : s_reportInterval))
            {
                survey?.StartOnce();
                progress!.Report(meter.Read(workers.Sum(), survey?.Totals ?? default, log.Count) with { Current = workers.Current() });
            }
        }
        catch (Exception failure)
        {
            // The workers use what is closed when this returns.
            workers.Abort(failure);
            throw;
        }
        finally
        {
            tree.Open.CloseIdle();
        }

        workers.ThrowIfFailed();
        if (!log.IsStopped)
            foreach (FilePath missing in tree.Rules.Missing)
                log.AddForGood(missing, Fault.Of(CopyErrorKind.SourceMissing, "it is listed, and the source does not have it"));
        Tally done = workers.Sum();
        progress?.Report(meter.ReadLast(done, log.Count));
        return new CopyResult
        {
            FilesCopied = done.FilesCopied,
            FilesUnchanged = done.FilesUnchanged,
            FoldersCreated = done.FoldersCreated + roots.FoldersCreated + tree.FoldersCreatedLate,
            LinksCopied = done.LinksCopied,
            HardLinksMade = done.HardLinksMade,
            SpecialsCreated = done.SpecialsCreated,
            EntriesSkipped = done.Kept + done.Skipped,
            EntriesDeleted = mirror?.Deleted ?? 0,
            BytesCopied = done.BytesCopied,
            Errors = log.ToArray(),
            Elapsed = Stopwatch.GetElapsedTime(start),
            WorkersLost = workers.Lost,
            IsStopped = log.IsStopped,
        };
    }

    private CopyWorkers Workers(CopyTree tree, CancellationToken cancellation)
    {
        WorkerCount count = WorkerCount.For(options, tree);
        // A dry run writes nothing that a process could protect.
        return options is { Isolation: WorkerIsolation.Processes, DryRun: false }
            ? new ProcessWorkers(tree, options, count.Most, cancellation)
            : new ThreadWorkers(tree, options, count, cancellation);
    }
}
