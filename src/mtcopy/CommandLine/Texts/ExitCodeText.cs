namespace Mtcopy.CommandLine.Texts;

/// <summary>What an exit code means, for help and man page.</summary>
/// <param name="Code">The code.</param>
/// <param name="Meaning">In a few words without a full stop.</param>
internal sealed record ExitCodeText(ExitCode Code, string Meaning)
{
    public static IReadOnlyList<ExitCodeText> All { get; } =
    [
        new(ExitCode.Complete, "all is in DST, also if there was nothing to do"),
        new(ExitCode.Incomplete, "some entries were not copied; standard error names each and why"),
        new(ExitCode.Usage, "wrong usage"),
        new(ExitCode.Refused, "SRC or DST could not be opened, or the copy makes no sense"),
        new(ExitCode.SourcesChanged, "sources vanished or changed while they were copied, nothing else"),
        new(ExitCode.VerificationFailed, "a file read back differed from its source"),
        new(ExitCode.DestinationFull, "no space or no quota left at DST"),
        new(ExitCode.WorkerHung, "a worker hung on an entry, which was given up"),
        new(ExitCode.LimitReached, "as many problems or removals as are allowed"),
        new(ExitCode.NothingCopied, "nothing to do, with --error-if-none"),
        new(ExitCode.HungUp, "the terminal was closed"),
        new(ExitCode.Interrupted, "Ctrl-C"),
        new(ExitCode.Terminated, "SIGTERM"),
    ];
}
