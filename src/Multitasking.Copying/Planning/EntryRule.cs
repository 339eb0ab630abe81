using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Planning;

/// <summary>What to do with a file or link when its place in the destination is already taken.</summary>
internal static class EntryRule
{
    /// <summary>Decides from the two statuses alone.</summary>
    internal static Decision Decide(in FileStatus source, in FileStatus existing, CopySettings settings)
    {
        if (existing.Kind == FileKind.Folder)
            return settings.ReplacesFolders ? new(ExistingEntry.ReplaceFolder, "a folder is in its place") : new(ExistingEntry.Conflict, null);
        if (source.Identity == existing.Identity)
            return new(ExistingEntry.SameFile, null);
        if (settings.Update == CopyUpdate.None)
            return new(ExistingEntry.Keep, "it exists");
        if (source.Kind != existing.Kind)
            return new(ExistingEntry.Replace, "something else is in its place");
        if (settings.Update == CopyUpdate.All)
            return new(ExistingEntry.Replace, "everything is copied");
        return Compare(source, existing, settings);
    }

    private static Decision Compare(in FileStatus source, in FileStatus existing, CopySettings settings)
    {
        bool hasSameSize = source.Size == existing.Size;
        bool hasSameTime = source.HasSameTimeAs(existing);
        if (source.Kind is not (FileKind.Regular or FileKind.SymbolicLink))
            hasSameSize = hasSameTime = source.Special == existing.Special;
        if (settings.Update == CopyUpdate.Newer && !source.IsNewerThan(existing))
            return hasSameSize && hasSameTime ? WithMode(source, existing, settings) : new(ExistingEntry.Keep, "the one in the destination is not older");
        if (settings.CompareContents && source.Kind == FileKind.Regular && hasSameSize)
            return new(ExistingEntry.CompareContents, null);
        if (!hasSameSize)
            return new(ExistingEntry.Replace, "its size differs");
        if (hasSameTime)
            return WithMode(source, existing, settings);
        // A copy that was not given the source's time, or whose file system cannot keep it: reading is safer than guessing, and cheaper than writing.
        return source.Kind is FileKind.Regular or FileKind.SymbolicLink && (!settings.Keeps(CopyPreserve.Times) || existing.MayBeCutFrom(source))
            ? new(ExistingEntry.CompareContents, null)
            : new(ExistingEntry.Replace, "its time differs");
    }

    private static Decision WithMode(in FileStatus source, in FileStatus existing, CopySettings settings) =>
        HasSameMetadata(source, existing, settings) ? new(ExistingEntry.Unchanged, null) : new(ExistingEntry.OnlyMetadataDiffers, "its mode or owner differs");

    /// <summary>Whether what a status tells is as it is to be.</summary>
    internal static bool HasSameMetadata(in FileStatus source, in FileStatus existing, CopySettings settings)
    {
        if (settings.Keeps(CopyPreserve.Owner) && (source.UserId != existing.UserId || source.GroupId != existing.GroupId))
            return false;
        return source.Kind == FileKind.SymbolicLink
            || !settings.Keeps(CopyPreserve.Mode)
            || ModeRule.Final(source, existing.UserId, existing.GroupId) == existing.Permissions;
    }
}
