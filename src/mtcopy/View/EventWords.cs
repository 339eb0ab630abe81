using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>A word or two for what happened to an entry, or would happen to it.</summary>
internal static class EventWords
{
    /// <summary>What is shown in front of the entry's name.</summary>
    public static string Of(CopyEventKind kind, bool isDryRun) => isDryRun ? WouldBe(kind) : Was(kind);

    /// <summary>Why it is so, where the engine has nothing to say about it: the ordinary case.</summary>
    public static string OrdinaryReason(CopyEventKind kind) => kind switch
    {
        CopyEventKind.Unchanged => "it is there already",
        CopyEventKind.Kept => "it exists",
        CopyEventKind.OtherFileSystem => "it lies on another file system",
        CopyEventKind.Excluded => "a filter leaves it out",
        CopyEventKind.MetadataUpdated => "its attributes differ",
        CopyEventKind.BackedUp => "it would be replaced or removed",
        CopyEventKind.Deleted => "the source does not have it",
        CopyEventKind.HardLinkMade => "it is a further name of a file",
        _ => "the destination does not have it",
    };

    /// <summary>Whether the entry is left as it is.</summary>
    public static bool IsLeftAlone(CopyEventKind kind) =>
        kind is CopyEventKind.Unchanged or CopyEventKind.Kept or CopyEventKind.Excluded or CopyEventKind.OtherFileSystem;

    private static string Was(CopyEventKind kind) => kind switch
    {
        CopyEventKind.FolderCreated => "created",
        CopyEventKind.FileCopied or CopyEventKind.LinkCopied => "copied",
        CopyEventKind.FileReplaced => "replaced",
        CopyEventKind.HardLinkMade => "linked",
        CopyEventKind.SpecialCreated => "made",
        CopyEventKind.MetadataUpdated => "updated",
        CopyEventKind.Deleted => "deleted",
        CopyEventKind.BackedUp => "backed up",
        _ => Left(kind),
    };

    private static string WouldBe(CopyEventKind kind) => kind switch
    {
        CopyEventKind.FolderCreated => "create",
        CopyEventKind.FileCopied or CopyEventKind.LinkCopied => "copy",
        CopyEventKind.FileReplaced => "replace",
        CopyEventKind.HardLinkMade => "link",
        CopyEventKind.SpecialCreated => "make",
        CopyEventKind.MetadataUpdated => "update",
        CopyEventKind.Deleted => "delete",
        CopyEventKind.BackedUp => "back up",
        _ => Left(kind),
    };

    private static string Left(CopyEventKind kind) => kind switch
    {
        CopyEventKind.Unchanged => "unchanged",
        CopyEventKind.Kept => "kept",
        CopyEventKind.Excluded => "left out",
        CopyEventKind.OtherFileSystem => "left empty",
        CopyEventKind.Failed => "failed",
        _ => "finished",
    };
}
