namespace Mtcopy;

/// <summary>What the command tells the shell; the help states each. Where several fit, the one that says most about what to do next wins.</summary>
internal enum ExitCode
{
    /// <summary>Everything is in the destination, also if there was nothing to do.</summary>
    Complete = 0,

    /// <summary>Some entries were not copied; standard error names each and the reason.</summary>
    Incomplete = 1,

    /// <summary>The command line is wrong; nothing was touched.</summary>
    Usage = 2,

    /// <summary>A source or the destination could not be opened at the start, or the copy makes no sense; nothing was touched.</summary>
    Refused = 3,

    /// <summary>The only problems are sources that vanished or changed while they were copied: the same command again may settle it.</summary>
    SourcesChanged = 4,

    /// <summary>A file read back differed from its source.</summary>
    VerificationFailed = 5,

    /// <summary>No space, or no quota, is left at the destination.</summary>
    DestinationFull = 6,

    /// <summary>A worker hung on an entry, which was given up.</summary>
    WorkerHung = 7,

    /// <summary>The most problems or the most removals that the user allows were reached.</summary>
    LimitReached = 8,

    /// <summary>There was nothing to do, and the user asked to be told.</summary>
    NothingCopied = 9,

    /// <summary>The terminal went away: 128 and SIGHUP's number, as shells count.</summary>
    HungUp = 129,

    /// <summary>Ctrl-C: 128 and SIGINT's number.</summary>
    Interrupted = 130,

    /// <summary>Asked to end: 128 and SIGTERM's number.</summary>
    Terminated = 143,
}
