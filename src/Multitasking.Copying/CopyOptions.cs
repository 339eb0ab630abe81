namespace Multitasking.Copying;

/// <summary>How to copy. The defaults suit a local disk. Immutable.</summary>
public sealed record CopyOptions
{
    /// <summary>The most workers there can be: <c>1024</c>.</summary>
    public const int MaxWorkers = 1024;

    /// <summary>How many workers copy at the same time, at most <see cref="MaxWorkers"/>. The default, 0, means one for each core.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 0 or more than <see cref="MaxWorkers"/>.</exception>
    public int Workers
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxWorkers);
            field = value;
        }
    }

    /// <summary>Whether the workers are threads or processes. The default is <see cref="WorkerIsolation.Threads"/>.</summary>
    public WorkerIsolation Isolation { get; init; } = WorkerIsolation.Threads;

    /// <summary>
    /// Whether a copy that reports its progress counts the sources ahead of the copying, so that it can tell totals and the time left.
    /// It costs a look at every file. The default is <see langword="true"/>.
    /// </summary>
    public bool CountAhead { get; init; } = true;

    /// <summary>
    /// Called for each problem as it happens, one call at a time, on the thread of a worker. The default is null: the problems
    /// are in <see cref="CopyResult.Errors"/> at the end in any case. An exception it throws ends the copy.
    /// </summary>
    public Action<CopyError>? ErrorOccurred { get; init; }
}
