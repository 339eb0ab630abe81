using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>What the problems of one kind have in common, and what to do about them.</summary>
internal static class ProblemKinds
{
    /// <summary>Follows the number of entries: <c>3 changed while being copied: copy again</c>.</summary>
    public static string Describe(CopyErrorKind kind) => kind switch
    {
        CopyErrorKind.SourceUnreadable => "could not be read: copy as a user who may, or check the disk",
        CopyErrorKind.SourceMissing => "vanished before being copied: nothing to do, if that was meant",
        CopyErrorKind.SourceChanged => "changed while being copied: copy again",
        CopyErrorKind.UnsupportedType => "of a type that is not copied (FIFO, socket, device): keep specials to make such entries anew, or leave them out by a filter",
        CopyErrorKind.DestinationUnwritable => "could not be written: check the rights at the destination, and its disk",
        CopyErrorKind.DestinationFull => "found no space: make room at the destination, and copy again",
        CopyErrorKind.DestinationConflict => "met a folder where a file belongs, or the other way round: move away what is there, and copy again",
        CopyErrorKind.NameCollision => "met a name that is taken: rename one of the two, and copy again",
        CopyErrorKind.MetadataNotKept => "copied, but without all of mode, owner, time and attributes: the file system or your rights do not allow them",
        CopyErrorKind.SameFile => "one and the same as the copy: nothing to do",
        CopyErrorKind.IntoItself => "not copied, for it would go into itself: choose another destination",
        CopyErrorKind.LinkCycle => "not followed, for it leads back to where it stands: copy links as links",
        CopyErrorKind.NotRemoved => "could not be removed or put aside: check the rights on the folder",
        CopyErrorKind.LimitReached => "not removed, for the limit was reached: look at what is to be removed, and raise it",
        CopyErrorKind.ReflinkUnsupported => "cannot share blocks on these file systems: let blocks be copied where they cannot",
        CopyErrorKind.VerificationFailed => "not as the source when read back, and not kept: check disk, cable and memory, and copy again",
        CopyErrorKind.WorkerHung => "made worker processes hang: copy again when the file system answers",
        CopyErrorKind.WorkerLost => "ended worker processes: look at the system's log",
        _ => "not copied",
    };
}
