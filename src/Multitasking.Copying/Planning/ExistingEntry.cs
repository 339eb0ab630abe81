namespace Multitasking.Copying.Planning;

/// <summary>How an entry that is already in the destination relates to the one to copy.</summary>
internal enum ExistingEntry
{
    /// <summary>Another file, or a link, or something that is no folder: a complete copy takes its place.</summary>
    Replace,

    /// <summary>A folder, which is removed first.</summary>
    ReplaceFolder,

    /// <summary>Something that the update rule keeps.</summary>
    Keep,

    /// <summary>A file or link of the same size and time.</summary>
    Unchanged,

    /// <summary>A file or link of the same size; whether it is the same, only its contents tell.</summary>
    CompareContents,

    /// <summary>A file or link of the same size and time whose permissions or owner are not the source's.</summary>
    OnlyMetadataDiffers,

    /// <summary>The very file to copy (a hard link to it).</summary>
    SameFile,

    /// <summary>A folder, which a file never replaces.</summary>
    Conflict,
}
