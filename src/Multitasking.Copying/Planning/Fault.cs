using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Planning;

/// <summary>Why one entry failed; <c>default</c> means it did not. No object is made for an entry that works.</summary>
internal readonly record struct Fault(CopyErrorKind Kind, string? Doing, int Errno)
{
    internal bool IsNone => Doing is null;

    /// <summary>This one, or the other where there is none.</summary>
    internal Fault Or(Fault other) => IsNone ? other : this;

    /// <summary>Something that was asked of the source failed; <paramref name="result"/> is minus the error number.</summary>
    internal static Fault OfSource(string doing, long result)
    {
        int errno = (int)-result;
        CopyErrorKind kind = errno switch
        {
            Interop.Errno.NotFound or Interop.Errno.Stale => CopyErrorKind.SourceMissing,
            Interop.Errno.TooManyLinks or Interop.Errno.NotFolder or Interop.Errno.NoSuchDevice => CopyErrorKind.SourceChanged,
            _ => CopyErrorKind.SourceUnreadable,
        };
        return new Fault(kind, doing, errno);
    }

    /// <summary>Something that was asked of the destination failed; <paramref name="result"/> is minus the error number.</summary>
    internal static Fault OfDestination(string doing, long result)
    {
        int errno = (int)-result;
        CopyErrorKind kind = errno switch
        {
            Interop.Errno.NoSpace or Interop.Errno.QuotaExceeded => CopyErrorKind.DestinationFull,
            Interop.Errno.Exists => CopyErrorKind.NameCollision,
            Interop.Errno.IsFolder or Interop.Errno.NotFolder or Interop.Errno.TooManyLinks or Interop.Errno.NotEmpty =>
                CopyErrorKind.DestinationConflict,
            _ => CopyErrorKind.DestinationUnwritable,
        };
        return new Fault(kind, doing, errno);
    }

    /// <summary>The contents are there, but a mode or time could not be set.</summary>
    internal static Fault OfMetadata(string doing, long result) => new(CopyErrorKind.MetadataNotKept, doing, (int)-result);

    /// <summary>Something was to be removed, or put aside, and could not be.</summary>
    internal static Fault OfRemoval(string doing, long result) => new(CopyErrorKind.NotRemoved, doing, (int)-result);

    /// <summary>A problem that no system call reported.</summary>
    internal static Fault Of(CopyErrorKind kind, string what) => new(kind, what, 0);

    internal CopyError At(FilePath path) =>
        new(path, Kind, Errno == 0 ? Doing! : $"{Doing}: {Platform.Describe(Errno)}", Errno);
}
