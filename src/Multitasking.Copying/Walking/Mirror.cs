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
        if (!folder.IsReadToEnd || folder.IsNew || folder.IsVirtual || folder.IsLeftEmpty || folder.HasLostEntries || folder.Metadata is null || tree.Log.IsStopped)
            return;
        int source = tree.Open.Pin(folder.Source);
        if (source < 0)
        {
            tree.Log.AddForGood(folder.Path, Fault.OfSource("nothing was removed from its copy: cannot open it again", source));
            return;
        }

        int destination = tree.Open.Pin(folder.Destination);
        if (IsGone(folder, source))
            ReportGone(folder);
        else if (destination < 0)
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
            for (bool ended = false, isGone = false; !ended && !isGone && result >= 0;)
            {
                block.Clear();
                result = block.Fill(opened, out ended);
                for (int offset = 0; offset < block.Length && !isGone;)
                    isGone = !TryClean(folder, source, destination, block.Look(ref offset));
            }

            tree.Queue.ReturnBlock(block);
        }

        if (result < 0)
            tree.Log.AddForGood(folder.Path, Fault.OfRemoval("cannot read its copy to see what is to be removed from it", result));
    }

    /// <summary>Removes an entry if it is to be removed.</summary>
    /// <returns>Whether the source can still be asked.</returns>
    private bool TryClean(TreeFolder folder, int source, int destination, FolderEntry entry)
    {
        // Unknown to the source, for sure: any other answer means that it may be there.
        int known = entry.IsDots ? 0 : Kernel.StatusOf(source, entry.Name, out _);
        if (known == 0)
            return true;
        // A folder that was removed itself knows no name.
        if (IsGone(folder, source))
        {
            ReportGone(folder);
            return false;
        }

        int result = Kernel.StatusOf(destination, entry.Name, out FileStatus status);
        if (result == -Errno.NotFound)
            return true;
        // Some file systems do not say in the folder what an entry is.
        if (result == 0)
            entry.Kind = status.Kind;
        if (IsLeftOut(folder.Destination, folder.Depth, entry, status) || tree.Kept.Contains(status.Identity))
            return true;
        if (known != -Errno.NotFound || result < 0)
        {
            tree.Log.AddForGood(
                folder.DestinationPathOf(entry.NameBytes),
                known != -Errno.NotFound ? Fault.OfSource("not removed: cannot tell whether the source has it", known) : Fault.OfRemoval("cannot look at it, which the source does not have", result));
            return true;
        }

        FilePath path = folder.DestinationPathOf(entry.NameBytes);
        Fault fault = Remove(folder, destination, entry, status, path);
        for (int attempt = 1; !fault.IsNone && fault.Kind != CopyErrorKind.LimitReached && tree.Log.Add(path, fault, attempt); attempt++)
            fault = Remove(folder, destination, entry, status, path);
        if (fault is { IsNone: false, Kind: CopyErrorKind.LimitReached })
            tree.Log.AddForGood(path, fault);
        return true;
    }

    /// <summary>Whether a folder of the source was removed. Some file systems count no links at all.</summary>
    private static bool IsGone(TreeFolder folder, int source) =>
        Kernel.Status(source, out FileStatus status) < 0 || (status.Links == 0 && folder.Metadata is { Links: > 0 });

    private void ReportGone(TreeFolder folder) =>
        tree.Log.AddForGood(folder.Path, Fault.Of(CopyErrorKind.SourceMissing, "nothing more was removed from its copy: it is gone from the source"));

    private bool IsLeftOut(FolderPlace folder, int depth, FolderEntry entry, in FileStatus status) =>
        tree.Rules.Judge(folder, depth, entry, out _, isOfSource: false) == Judgement.LeaveOut || (tree.Settings.Filter is { } filter && !filter.Accepts(status, out _));

    private Fault Remove(TreeFolder folder, int destination, FolderEntry entry, in FileStatus status, FilePath path)
    {
        if (status.Kind == FileKind.Folder)
            return RemoveFolder(folder, destination, entry, path);
        Fault fault = Pay(1);
        if (!fault.IsNone || tree.Settings.DryRun)
            return Counted(fault, path, 1);
        if (tree.Backup is { } backup)
            fault = backup.Move(folder.Destination, destination, entry.Name);
        else if (Kernel.RemoveFile(destination, entry.Name) is < 0 and var result)
            fault = Fault.OfRemoval("cannot remove it, which the source does not have", result);
        if (!fault.IsNone)
            budget.GiveBack();
        return Counted(fault, path, 1);
    }

    private Fault RemoveFolder(TreeFolder folder, int destination, FolderEntry entry, FilePath path)
    {
        var rule = new RemovalRule
        {
            Budget = budget,
            IsDry = tree.Settings.DryRun,
            StaysOnDevice = tree.Rules.StaysOnDevice,
            Kept = tree.Kept,
            Spares = tree.Rules.LeaveOut ? (FolderPlace place, int depth, FolderEntry inside, in FileStatus status) => IsLeftOut(place, folder.Depth + depth, inside, status) : null,
        };
        long removed;
        if (backsUp)
        {
            // It goes as a whole, and costs what is in it; one in which something stays goes in parts.
            Fault fault = TreeRemoval.Remove(folder.Destination, destination, entry.Name, rule with { Budget = null, IsDry = true }, out removed, out bool isKept);
            if (fault.IsNone && !isKept)
                fault = MoveWhole(folder, destination, entry, removed);
            if (!fault.IsNone || !isKept)
                return Counted(fault, path, removed);
            rule = rule with { Backup = tree.Backup };
        }

        Fault removal = TreeRemoval.Remove(folder.Destination, destination, entry.Name, rule, out removed, out _);
        _ = Counted(default, path, removed);
        return removal;
    }

    private Fault MoveWhole(TreeFolder folder, int destination, FolderEntry entry, long entries)
    {
        Fault fault = Pay(entries);
        if (!fault.IsNone || tree.Backup is not { } backup)
            return fault;
        fault = backup.Move(folder.Destination, destination, entry.Name);
        if (!fault.IsNone)
            budget.GiveBack(entries);
        return fault;
    }

    private Fault Pay(long entries) =>
        budget.TryTake(entries) ? default : Fault.Of(CopyErrorKind.LimitReached, $"not removed: at most {budget.Most} entries may be removed");

    private Fault Counted(Fault fault, FilePath path, long removed)
    {
        if (!fault.IsNone || removed == 0)
            return fault;
        Interlocked.Add(ref _deleted, removed);
        tree.Log.Tell(backsUp ? CopyEventKind.BackedUp : CopyEventKind.Deleted, path, reason: "the source does not have it");
        return fault;
    }
}
