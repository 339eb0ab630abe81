using Multitasking.Copying;

namespace Mtcopy.Running;

/// <summary>Which code says most about what to do next.</summary>
internal static class ExitCodes
{
    /// <summary>From the gravest on: data that is wrong, a destination that is full, a file system that hangs, a limit, anything else, what copying again may settle.</summary>
    public static ExitCode Of(CopyResult result, bool isGivenUp, bool isErrorIfNone)
    {
        bool Any(CopyErrorKind kind) => result.Errors.Any(error => error.Kind == kind);
        if (result.Errors.Count == 0 && !result.IsStopped)
            return isErrorIfNone && IsNothingDone(result) ? ExitCode.NothingCopied : ExitCode.Complete;
        return Any(CopyErrorKind.VerificationFailed) ? ExitCode.VerificationFailed
            : Any(CopyErrorKind.DestinationFull) ? ExitCode.DestinationFull
            : Any(CopyErrorKind.WorkerHung) ? ExitCode.WorkerHung
            : isGivenUp || Any(CopyErrorKind.LimitReached) ? ExitCode.LimitReached
            : result.Errors.All(error => error.Kind is CopyErrorKind.SourceMissing or CopyErrorKind.SourceChanged) ? ExitCode.SourcesChanged
            : ExitCode.Incomplete;
    }

    /// <summary>For a copy that was not begun.</summary>
    public static ExitCode OfRefusal(CopyError error) => error.Kind == CopyErrorKind.DestinationFull ? ExitCode.DestinationFull : ExitCode.Refused;

    private static bool IsNothingDone(CopyResult result) =>
        result is { FilesCopied: 0, FoldersCreated: 0, LinksCopied: 0, HardLinksMade: 0, SpecialsCreated: 0, EntriesDeleted: 0 };
}
