using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Removing;

namespace Multitasking.Copying.Walking;

/// <summary>
/// Removes from a complete folder of the copy what its source does not have. It asks the source for each entry, so memory does not grow with the folder; and only where the source was read
/// to its end, so what could not be seen is never taken for missing.
/// </summary>
/// <param name="tree">The tree.</param>
/// <param name="budget">How much may be removed.</param>
/// <param name="backsUp">Whether what is removed goes into the backup, also where a dry run has not opened that.</param>
internal sealed unsafe class Mirror(CopyTree tree, DeletionBudget budget, bool backsUp)
{
    private long _deleted;

    /// <summary>How many entries were removed.</summary>
    internal long Deleted => Volatile.Read(ref _deleted);

    /// <summary>Cleans the copy of a folder.</summary>
    internal void Clean(TreeFolder folder)
    {
        if (!folder.IsReadToEnd || folder.IsNew || folder.IsVirtual || folder.IsLeftEmpty || folder.Metadata is null || tree.Log.IsStopped)
            return;
        int source = tree.Open.Pin(folder.Source);
        if (source < 0)
        {
            tree.Log.AddForGood(folder.Path, Fault.OfSource("nothing was removed from its copy: cannot open it again", source));
            return;
        }

        int destination = tree.Open.Pin(folder.Destination);
        if (destination < 0)
            tree.Log.AddForGood(folder.Path, Fault.OfRemoval("nothing was removed from its copy: cannot open that again", destination));
        else
            Clean(folder, source, destination);
        if (destination >= 0)
            tree.Open.Unpin(folder.Destination);
        tree.Open.Unpin(folder.Source);
    }

    private void Clean(TreeFolder folder, int source, int destination)
    {
        int opened;
        // A descriptor of its own: reading a folder moves along in it.
        fixed (byte* self = ".\0"u8)
            opened = tree.Open.OpenInside(destination, self, OpenFlags.Folder);
        int result = opened;
        if (opened >= 0)
        {
            using var reader = new FileDescriptor(opened);
            SharedBlock block = tree.Queue.RentBlock();
            for (bool ended = false; !ended && result >= 0;)
            {
                block.Clear();
                result = block.Fill(opened, out ended);
                for (int offset = 0; offset < block.Length;)
                    Judge(folder, source, destination, block.Look(ref offset));
            }

            tree.Queue.ReturnBlock(block);
        }

        if (result < 0)
            tree.Log.AddForGood(folder.Path, Fault.OfRemoval("cannot read its copy to see what is to be removed from it", result));
    }

    private void Judge(TreeFolder folder, int source, int destination, FolderEntry entry)
    {
        if (entry.IsDots)
            return;
        // Unknown to the source, for sure: any other answer means that it may be there.
        int known = Kernel.StatusOf(source, entry.Name, out _);
        if (known == 0)
            return;
        if (tree.Rules.Judge(folder, entry, out _) == Judgement.LeaveOut)
            return;
        int result = Kernel.StatusOf(destination, entry.Name, out FileStatus status);
        if (result == -Errno.NotFound)
            return;
        if (known != -Errno.NotFound || result < 0)
        {
            tree.Log.AddForGood(
                folder.DestinationPathOf(entry.NameBytes),
                known != -Errno.NotFound ? Fault.OfSource("not removed: cannot tell whether the source has it", known) : Fault.OfRemoval("cannot look at it, which the source does not have", result));
            return;
        }

        if (tree.IsSource(status.Identity) || tree.IsBackup(status.Identity))
            return;
        FilePath path = folder.DestinationPathOf(entry.NameBytes);
        Fault fault;
        do
            fault = Remove(folder, destination, entry, status, path);
        while (!fault.IsNone && fault.Kind != CopyErrorKind.LimitReached && tree.Log.Add(path, fault));
        if (fault.Kind == CopyErrorKind.LimitReached && !fault.IsNone)
            tree.Log.AddForGood(path, fault);
    }

    private Fault Remove(TreeFolder folder, int destination, FolderEntry entry, in FileStatus status, FilePath path)
    {
        if (backsUp || status.Kind != FileKind.Folder)
        {
            if (!budget.TryTake())
                return Fault.Of(CopyErrorKind.LimitReached, $"not removed: {budget.Most} entries were removed, which is the limit");
            int result = tree.Settings.DryRun || backsUp ? 0 : Kernel.RemoveFile(destination, entry.Name);
            Fault fault = result < 0 ? Fault.OfRemoval("cannot remove it, which the source does not have", result)
                : tree.Backup is { } backup && !tree.Settings.DryRun ? backup.Take(folder.Destination, destination, entry.Name)
                : default;
            if (fault.IsNone)
                Count(backsUp ? CopyEventKind.BackedUp : CopyEventKind.Deleted, path, 1);
            return fault;
        }

        Fault removal = TreeRemoval.Remove(destination, entry.Name, budget, out long removed, isDry: tree.Settings.DryRun);
        if (removed > 0)
            Count(CopyEventKind.Deleted, path, removed);
        return removal;
    }

    private void Count(CopyEventKind kind, FilePath path, long entries)
    {
        Interlocked.Add(ref _deleted, entries);
        tree.Log.Tell(kind, path, reason: "the source does not have it");
    }
}
