namespace Multitasking.Copying;

/// <summary>How to copy. The defaults suit a local disk. Immutable.</summary>
public sealed record CopyOptions
{
    /// <summary>The most workers there can be: <c>1024</c>.</summary>
    public const int MaxWorkers = 1024;

    /// <summary>
    /// How many workers copy at the same time, at most <see cref="MaxWorkers"/>. The default, 0, chooses by cores and file system, and goes up or
    /// down with what is measured.
    /// </summary>
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

    /// <summary>What a copy gets beside contents. The default is <see cref="CopyPreserve.Default"/>: mode and times.</summary>
    public CopyPreserve Preserve { get; init; } = CopyPreserve.Default;

    /// <summary>What becomes of symbolic links. The default is <see cref="SymbolicLinkHandling.Keep"/>.</summary>
    public SymbolicLinkHandling SymbolicLinks { get; init; } = SymbolicLinkHandling.Keep;

    /// <summary>
    /// Whether to stay on the file system of each source: a folder where another one is mounted is created and left empty. The default is <see langword="false"/>.
    /// </summary>
    public bool OneFileSystem { get; init; }

    /// <summary>What becomes of holes in files. The default is <see cref="SparseHandling.Keep"/>.</summary>
    public SparseHandling Sparse { get; init; } = SparseHandling.Keep;

    /// <summary>Whether blocks may be shared with the source. The default is <see cref="ReflinkUse.Auto"/>.</summary>
    public ReflinkUse Reflink { get; init; } = ReflinkUse.Auto;

    /// <summary>Which existing files are replaced. The default is <see cref="CopyUpdate.Different"/>.</summary>
    public CopyUpdate Update { get; init; } = CopyUpdate.Different;

    /// <summary>
    /// Whether a file of the same size is read on both sides and compared, whatever its time, instead of being taken for unchanged by size and time. The
    /// default is <see langword="false"/>.
    /// </summary>
    public bool CompareContents { get; init; }

    /// <summary>How a file comes to stand under its name. The default is <see cref="CopyWriting.Safe"/>.</summary>
    public CopyWriting Writing { get; init; } = CopyWriting.Safe;

    /// <summary>Which entries are copied; <see langword="null"/>, the default, for all.</summary>
    public CopyFilter? Filter { get; init; }

    /// <summary>
    /// Whether what the destination has and the source has not is removed, folder by folder as each is complete. What a filter leaves out is left alone
    /// on both sides, with the folders it is in, and nothing is removed from a folder whose source could not be read to its end, in which something was not found, or which
    /// is gone. A folder that stands in the place of a file, or the other way round, is removed too, unless there is a filter or a limit: then it is an error of the kind
    /// <see cref="CopyErrorKind.DestinationConflict"/>. A source that lies in the folder to be cleaned is refused. With <see cref="OneFileSystem"/> what is mounted in the
    /// destination stays. The default is <see langword="false"/>.
    /// </summary>
    public bool Mirror { get; init; }

    /// <summary>Whether <see cref="Mirror"/> may empty a destination because its source is empty, which is refused otherwise. The default is <see langword="false"/>.</summary>
    public bool AllowEmptySource { get; init; }

    /// <summary>The most entries that <see cref="Mirror"/> may remove; further ones are errors of the kind <see cref="CopyErrorKind.LimitReached"/>. A folder costs what is in it; into the backup it goes whole or not at all. Null, the default, for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 0.</exception>
    public long? MaxDeletions
    {
        get;
        init
        {
            if (value is { } most)
                ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(value));
            field = value;
        }
    }

    /// <summary>
    /// A folder into which files are put, under the path they had, before they are replaced or removed. What an earlier run put there under the same path is replaced. It must lie on the
    /// destination's file system, not in the source, and not be the destination; if it lies in that, it is no part of a mirror. Empty, the default, for none.
    /// </summary>
    public FilePath BackupFolder { get; init; }

    /// <summary>Whether each entry is removed from the source after it was copied. The default is <see langword="false"/>.</summary>
    public bool Move { get; init; }

    /// <summary>Whether nothing is written, and result and events tell what would be. The default is <see langword="false"/>.</summary>
    public bool DryRun { get; init; }

    /// <summary>The most bytes a second for all workers together; 0, the default, for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 0.</exception>
    public long BytesPerSecond
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>Halts the copy and lets it go on; null, the default, where nobody will.</summary>
    public CopyPause? Pause { get; init; }

    /// <summary>
    /// Whether each file is read back after it was written, past the system's cache where the file system allows, and compared with its source before it gets its
    /// name. The default is <see langword="false"/>.
    /// </summary>
    public bool Verify { get; init; }

    /// <summary>
    /// How long a worker process may copy without getting any further, as when a network file system does not answer. After that it is killed and its file is tried by
    /// another one; a file that three of them hang on is an error of the kind <see cref="CopyErrorKind.WorkerHung"/>. Null, the default, for no limit. Threads cannot be killed:
    /// needs <see cref="WorkerIsolation.Processes"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero or less.</exception>
    public TimeSpan? StallTimeout
    {
        get;
        init
        {
            if (value is { } limit)
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero, nameof(value));
            field = value;
        }
    }

    /// <summary>
    /// Whether a copy that reports its progress counts the sources ahead of the copying, so that it can tell totals and the time left.
    /// It costs a look at every file. The default is <see langword="true"/>.
    /// </summary>
    public bool CountAhead { get; init; } = true;

    /// <summary>
    /// How long a worker waits before it tries an entry again, where <see cref="OnError"/> says so; a worker process settles the rest of what it has in hand first. A cancellation ends the wait.
    /// The default, zero, tries at once.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than zero.</exception>
    public TimeSpan RetryWait
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    }

    /// <summary>
    /// Decides about each problem as it happens, one call at a time, on the thread of a worker. <see cref="CopyError.Attempt"/> says how often the entry
    /// was tried. The default, null, skips. An exception it throws ends the copy.
    /// </summary>
    public Func<CopyError, CopyErrorAction>? OnError { get; init; }
}
