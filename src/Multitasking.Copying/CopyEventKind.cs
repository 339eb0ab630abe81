namespace Multitasking.Copying;

/// <summary>What happened to one entry.</summary>
public enum CopyEventKind
{
    /// <summary>A folder was created.</summary>
    FolderCreated,

    /// <summary>A file was written that was not there before.</summary>
    FileCopied,

    /// <summary>A file took the place of another one.</summary>
    FileReplaced,

    /// <summary>A symbolic link was made.</summary>
    LinkCopied,

    /// <summary>A further name was made for a file that was copied already.</summary>
    HardLinkMade,

    /// <summary>A FIFO, socket or device was made.</summary>
    SpecialCreated,

    /// <summary>It was there already, and nothing was done.</summary>
    Unchanged,

    /// <summary>Its contents were there already, and its mode, owner, time or attributes were set.</summary>
    MetadataUpdated,

    /// <summary>It was there already, and the rule of <see cref="CopyOptions.Update"/> keeps what is there.</summary>
    Kept,

    /// <summary>A filter left it out.</summary>
    Excluded,

    /// <summary>It lies on another file system, and <see cref="CopyOptions.OneFileSystem"/> leaves that out.</summary>
    OtherFileSystem,

    /// <summary>The source does not have it, and it was removed from the destination (<see cref="CopyOptions.Mirror"/>).</summary>
    Deleted,

    /// <summary>The source does not have it, and it was moved from the destination into <see cref="CopyOptions.BackupFolder"/>.</summary>
    BackedUp,

    /// <summary>It was not copied, or not completely: <see cref="CopyEvent.Error"/> says why.</summary>
    Failed,

    /// <summary>The whole copy is over: <see cref="CopyEvent.Result"/> has it all. The last event there is.</summary>
    Finished,
}
