namespace Multitasking.Copying;

/// <summary>What sort of problem kept an entry from being copied.</summary>
public enum CopyErrorKind
{
    /// <summary>The source could not be read: no permission, or the device failed.</summary>
    SourceUnreadable,

    /// <summary>The source does not exist, or no longer.</summary>
    SourceMissing,

    /// <summary>The source was written to, or became something else, while it was being copied. Copying again later may help.</summary>
    SourceChanged,

    /// <summary>The source is a FIFO, a socket or a device, which are made anew only with <see cref="CopyPreserve.Specials"/>.</summary>
    UnsupportedType,

    /// <summary>The destination could not be written: no permission, a read-only file system, or the device failed.</summary>
    DestinationUnwritable,

    /// <summary>The destination's file system is full, or the user's quota is used up.</summary>
    DestinationFull,

    /// <summary>A folder stands where a file belongs, or something else where a folder belongs.</summary>
    DestinationConflict,

    /// <summary>Two sources have the same name in the destination, or another program created the name in the meantime.</summary>
    NameCollision,

    /// <summary>The contents were copied, but the mode, the owner, the time or an attribute could not be set.</summary>
    MetadataNotKept,

    /// <summary>Source and destination are one and the same file, by device and inode.</summary>
    SameFile,

    /// <summary>The destination is, or lies inside, the folder to copy; or the source lies inside what a mirror would clean.</summary>
    IntoItself,

    /// <summary>A followed symbolic link leads to a folder that it stands in.</summary>
    LinkCycle,

    /// <summary>It was copied but could not be removed from the source, or not removed from the destination, or not put into the backup folder.</summary>
    NotRemoved,

    /// <summary>A limit was reached: as many entries as were allowed have been removed.</summary>
    LimitReached,

    /// <summary>Blocks were to be shared with the source in any case, and the file systems cannot.</summary>
    ReflinkUnsupported,

    /// <summary>What was read back from the copy is not what the source has (<see cref="CopyOptions.Verify"/>).</summary>
    VerificationFailed,

    /// <summary>The processes that copied it got no further (<see cref="CopyOptions.StallTimeout"/>).</summary>
    WorkerHung,

    /// <summary>The process that copied it ended without an answer, more than once.</summary>
    WorkerLost,
}
