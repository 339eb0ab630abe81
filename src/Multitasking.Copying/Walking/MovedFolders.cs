using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Walking;

/// <summary>Removes folders of the source that are empty because everything in them was moved.</summary>
internal sealed unsafe class MovedFolders(CopyTree tree)
{
    /// <summary>Removes a folder that is wholly done. One that still holds something stays: that something was left out, failed, or is new.</summary>
    internal void Remove(TreeFolder folder)
    {
        if (!folder.IsEntered || folder.IsPending || folder.HasFailed || folder.IsLeftEmpty || folder.Metadata is null)
            return;
        if (folder.Parent is not { } parent)
        {
            RemoveNamed(folder);
            return;
        }

        int descriptor = tree.Open.Pin(parent.Source);
        if (descriptor < 0)
            return;
        int result;
        fixed (byte* name = folder.Source.Name)
            result = Kernel.StatusOf(descriptor, name, out FileStatus now) == 0 && now.Identity == folder.Source.Identity
                ? Kernel.RemoveFolder(descriptor, name)
                : -Errno.NotEmpty;
        tree.Open.Unpin(parent.Source);
        Judge(folder, result);
    }

    /// <summary>What was named goes too, unless it has no name, as <c>.</c> or <c>/</c>.</summary>
    private void RemoveNamed(TreeFolder folder)
    {
        if (folder.WholeSource.IsEmpty)
            return;
        fixed (byte* path = NativePath.Terminated(folder.WholeSource))
            if (Kernel.StatusOf(Kernel.CurrentFolder, path, out FileStatus now) == 0 && now.Identity == folder.Source.Identity)
                Judge(folder, Kernel.RemoveFolder(Kernel.CurrentFolder, path));
    }

    private void Judge(TreeFolder folder, int result)
    {
        // What is mounted there is none of ours to remove.
        if (result is < 0 and not (-Errno.NotEmpty or -Errno.Exists or -Errno.Busy))
            tree.Log.AddForGood(folder.Path, Fault.OfRemoval("moved, but the empty folder cannot be removed from the source", result));
    }
}
