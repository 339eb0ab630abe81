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

    /// <summary>The source is a FIFO, a socket or a device; this version copies files, folders and symbolic links.</summary>
    UnsupportedType,

    /// <summary>The destination could not be written: no permission, a read-only file system, or the device failed.</summary>
    DestinationUnwritable,

    /// <summary>The destination's file system is full, or the user's quota is used up.</summary>
    DestinationFull,

    /// <summary>A folder stands where a file belongs, or something else where a folder belongs.</summary>
    DestinationConflict,

    /// <summary>Two sources have the same name in the destination, or another program created the name in the meantime.</summary>
    NameCollision,

    /// <summary>The contents were copied, but the mode or the time could not be set.</summary>
    MetadataNotKept,

    /// <summary>Source and destination are one and the same file, by device and inode.</summary>
    SameFile,

    /// <summary>The destination is, or lies inside, the folder to copy.</summary>
    IntoItself,

    /// <summary>The process that copied it ended without an answer, more than once.</summary>
    WorkerLost,
}
