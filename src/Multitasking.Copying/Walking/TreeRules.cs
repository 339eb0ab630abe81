using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Walking;

/// <summary>What of the source is walked at all.</summary>
/// <param name="OneFileSystem">Whether folders on other file systems than their root are left empty.</param>
internal sealed record TreeRules(bool OneFileSystem)
{
    /// <summary>Whether what is in a folder is left out because another file system begins there.</summary>
    internal bool EndsAt(TreeFolder folder, in FileStatus status) =>
        OneFileSystem && folder.Parent is { Metadata: not null } parent && status.Identity.Device != parent.Source.Identity.Device;

    /// <summary>Whether an entry of a folder is left out by its name, and by which rule.</summary>
    internal bool LeavesOut(TreeFolder folder, FolderEntry entry, out string? reason)
    {
        _ = folder;
        _ = entry;
        reason = null;
        return OneFileSystem && folder.IsLeftEmpty;
    }
}
