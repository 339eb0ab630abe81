using System.Diagnostics;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Reporting;

/// <summary>The problems of a run in the order in which they were met, who decides about them, and who is told what happens. Thread-safe.</summary>
/// <param name="onError">Decides; null for whoever skips.</param>
/// <param name="events">Takes what happens; null for nobody.</param>
/// <param name="retryWait">How long to wait before an entry is tried again.</param>
/// <param name="cancellation">Ends that wait.</param>
internal sealed class RunLog(Func<CopyError, CopyErrorAction>? onError, EventQueue? events, TimeSpan retryWait = default, CancellationToken cancellation = default)
{
    /// <summary>So soon a wait sees that somebody decided to stop.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    private readonly Lock _deciding = new();
    private readonly Lock _lock = new();
    private readonly List<CopyError> _errors = [];

    /// <summary>Called, once or more, when somebody decides to stop.</summary>
    internal Action? Stopping { get; set; }

    /// <summary>Whether somebody decided to stop.</summary>
    internal bool IsStopped { get; private set; }

    /// <summary>Whether anybody wants to know of each entry.</summary>
    internal bool TellsEvents => events is not null;

    internal int Count
    {
        get
        {
            lock (_lock)
                return _errors.Count;
        }
    }

    /// <summary>Adds a problem for good, unless it is decided to try again.</summary>
    /// <returns>Whether to try again, which is then due.</returns>
    internal bool Add(FilePath path, Fault fault, int attempt = 1)
    {
        if (!AddUnlessRetried(path, fault, attempt))
            return false;
        WaitToRetry();
        return true;
    }

    /// <summary>The same, for somebody who waits once for many.</summary>
    /// <returns>Whether to try again, after <see cref="WaitToRetry"/>.</returns>
    internal bool AddUnlessRetried(FilePath path, Fault fault, int attempt) => Add(fault.At(path) with { Attempt = attempt });

    private bool Add(CopyError error)
    {
        // Whoever decides may take his time; the count of problems is read meanwhile.
        lock (_deciding)
        {
            switch (onError?.Invoke(error) ?? CopyErrorAction.Skip)
            {
                case CopyErrorAction.Retry when error.CanRetry && !IsStopped && !cancellation.IsCancellationRequested:
                    return true;
                case CopyErrorAction.Stop:
                    IsStopped = true;
                    break;
            }

            lock (_lock)
                _errors.Add(error);
        }

        events?.Add(new CopyEvent { Kind = CopyEventKind.Failed, Path = error.Path, Error = error, Reason = error.Reason });
        if (IsStopped)
            Stopping?.Invoke();
        return false;
    }

    /// <summary>Waits as long as the user wants to wait before something is tried again; not longer than the run.</summary>
    internal void WaitToRetry()
    {
        long start = Stopwatch.GetTimestamp();
        while (retryWait - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } left && !IsStopped)
            if (cancellation.WaitHandle.WaitOne(left < s_look ? left + TimeSpan.FromMilliseconds(1) : s_look))
                return;
    }

    /// <summary>The same for what cannot be tried again.</summary>
    internal void AddForGood(FilePath path, Fault fault) => _ = Add(fault.At(path) with { CanRetry = false });

    /// <summary>Tells of an entry that no problem was met with.</summary>
    internal void Tell(CopyEventKind kind, FilePath path, long bytes = 0, string? reason = null) =>
        events?.Add(new CopyEvent { Kind = kind, Path = path, Bytes = bytes, Reason = reason });

    internal CopyError[] ToArray()
    {
        lock (_lock)
            return [.. _errors];
    }
}
