using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Planning;

/// <summary>What to do with a file or link when its place in the destination is already taken.</summary>
internal static class EntryRule
{
    /// <summary>Decides from the two statuses alone.</summary>
    internal static ExistingEntry Decide(in FileStatus source, in FileStatus existing)
    {
        if (existing.Kind == FileKind.Folder)
            return ExistingEntry.Conflict;
        if (source.Kind != existing.Kind)
            return ExistingEntry.Replace;
        if (source.Identity == existing.Identity)
            return ExistingEntry.SameFile;
        if (!source.HasSameSizeAndTimeAs(existing))
            return ExistingEntry.Replace;
        if (source.Kind == FileKind.SymbolicLink)
            return ExistingEntry.Unchanged;
        return ModeRule.Final(source, existing.UserId, existing.GroupId) == existing.Permissions
            ? ExistingEntry.Unchanged
            : ExistingEntry.OnlyModeDiffers;
    }
}
