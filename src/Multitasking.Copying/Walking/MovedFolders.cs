using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Walking;

/// <summary>Removes folders of the source that are empty because everything in them was moved.</summary>
internal sealed unsafe class MovedFolders(CopyTree tree)
{
    /// <summary>Removes a folder that is wholly done. One that still holds something stays: that something was left out, failed, or is new.</summary>
    internal void Remove(TreeFolder folder)
    {
        if (!folder.IsEntered || folder.IsPending || folder.HasFailed || folder.IsLeftEmpty || folder.Parent is not { } parent || folder.Metadata is null)
            return;
        int descriptor = tree.Open.Pin(parent.Source);
        if (descriptor < 0)
            return;
        int result;
        fixed (byte* name = folder.Source.Name)
            result = Kernel.StatusOf(descriptor, name, out FileStatus now) == 0 && now.Identity == folder.Source.Identity
                ? Kernel.RemoveFolder(descriptor, name)
                : -Errno.NotEmpty;
        tree.Open.Unpin(parent.Source);
        if (result is < 0 and not (-Errno.NotEmpty or -Errno.Exists))
            tree.Log.AddForGood(folder.Path, Fault.OfRemoval("moved, but the empty folder cannot be removed from the source", result));
    }
}
