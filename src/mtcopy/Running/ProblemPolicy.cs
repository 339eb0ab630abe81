using Mtcopy.CommandLine;
using Mtcopy.View;
using Multitasking.Copying;

namespace Mtcopy.Running;

/// <summary>Decides what becomes of an entry with a problem: tried again, passed over, or the end of the copy.</summary>
internal sealed class ProblemPolicy(OutputRequest output, Problems problems)
{
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;
    private const int ReadOnlyFileSystem = 30;
    private const int NameTooLong = 36;

    private long _count;

    /// <summary>Whether as many problems were met as are allowed.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>One call at a time, as the engine promises.</summary>
    public CopyErrorAction Decide(CopyError error)
    {
        if (error.CanRetry && error.Attempt <= output.Retries && MayPass(error))
            return CopyErrorAction.Retry;
        problems.Show(error);
        IsGivenUp |= ++_count >= output.MaxErrors;
        return IsGivenUp ? CopyErrorAction.Stop : CopyErrorAction.Skip;
    }

    /// <summary>Whether a later attempt may well end otherwise.</summary>
    public static bool MayPass(CopyError error) => error.Kind switch
    {
        CopyErrorKind.SourceChanged or CopyErrorKind.VerificationFailed or CopyErrorKind.WorkerHung or CopyErrorKind.WorkerLost => true,
        CopyErrorKind.SourceUnreadable or CopyErrorKind.DestinationUnwritable or CopyErrorKind.MetadataNotKept or CopyErrorKind.NotRemoved =>
            error.ErrorNumber is not (NotPermitted or AccessDenied or ReadOnlyFileSystem or NameTooLong),
        _ => false,
    };
}
