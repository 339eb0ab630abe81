namespace Mtcopy;

/// <summary>What the command tells the shell; the help states each.</summary>
internal enum ExitCode
{
    /// <summary>Everything is in the destination.</summary>
    Complete = 0,

    /// <summary>Something was not copied, or the copy was refused; standard error names it and the reason.</summary>
    Incomplete = 1,

    /// <summary>The command line is wrong; nothing was touched.</summary>
    Usage = 2,

    /// <summary>The terminal went away: 128 and SIGHUP's number, as shells count.</summary>
    HungUp = 129,

    /// <summary>Ctrl-C: 128 and SIGINT's number.</summary>
    Interrupted = 130,

    /// <summary>Asked to end: 128 and SIGTERM's number.</summary>
    Terminated = 143,
}
