using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Removing;
using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Copying;

/// <summary>Gives a copy its further names.</summary>
internal sealed unsafe class HardLinkMaker(CopyTree tree, CopierTools tools, Backup? backup)
{
    /// <summary>Makes a name.</summary>
    /// <param name="later">The name.</param>
    /// <param name="mustBeCopied">Whether it cannot be a link, so that the file must be copied once more: too many names, or a file system without hard links.</param>
    internal Outcome Make(LaterName later, out bool mustBeCopied)
    {
        mustBeCopied = false;
        int source = tree.Open.Pin(later.Folder.Source);
        if (source < 0)
            return Fault.OfSource("cannot open its folder again", source);
        try
        {
            return WithDestination(later, source, out mustBeCopied);
        }
        finally
        {
            tree.Open.Unpin(later.Folder.Source);
        }
    }

    private Outcome WithDestination(LaterName later, int source, out bool mustBeCopied)
    {
        mustBeCopied = false;
        Fault missing = tree.EnsureCreated(later.Folder);
        if (!missing.IsNone)
            return missing;
        if (later.Folder.IsVirtual)
            return Outcome.Of(CopyEventKind.HardLinkMade);
        int target = tree.Open.Pin(later.Folder.Destination);
        if (target < 0)
            return Fault.OfDestination("cannot open its copied folder again", target);
        try
        {
            int first = later.First.Folder.IsVirtual ? target : tree.Open.Pin(later.First.Folder.Destination);
            if (first < 0)
                return Fault.OfDestination("cannot open the copied folder of its first name again", first);
            try
            {
                fixed (byte* firstName = later.First.Target)
                fixed (byte* name = later.Name)
                fixed (byte* targetName = later.Target)
                {
                    var place = new EntryPlace
                    {
                        Folders = new FolderPair(source, target, later.Folder.IsNew),
                        Name = name,
                        Target = targetName,
                        Kind = later.Status.Kind,
                        Folder = later.Folder,
                        Destination = later.Folder.Destination,
                    };
                    return Make(place, later.Status, first, firstName, out mustBeCopied);
                }
            }
            finally
            {
                if (!later.First.Folder.IsVirtual)
                    tree.Open.Unpin(later.First.Folder.Destination);
            }
        }
        finally
        {
            tree.Open.Unpin(later.Folder.Destination);
        }
    }

    private Outcome Make(in EntryPlace place, in FileStatus status, int firstFolder, byte* first, out bool mustBeCopied)
    {
        mustBeCopied = false;
        int folder = place.Folders.Target;
        Existing existing = Kernel.StatusOf(folder, place.Target, out FileStatus there) == 0 ? new Existing(there) { Reason = "it becomes a hard link" } : default;
        if (existing.Is && Kernel.StatusOf(firstFolder, first, out FileStatus copy) == 0 && copy.Identity == existing.Status.Identity)
            return RemoveMoved(place, status, Outcome.Passing(CopyEventKind.Unchanged, 0));
        if (existing.Is && existing.Status.Identity == status.Identity)
            return Fault.Of(CopyErrorKind.SameFile, "not copied: it is the same file as the one in the destination");
        if (existing.Is && SymbolicLink.WouldReplaceItsTarget(place, status, existing.Status))
            return Fault.Of(CopyErrorKind.SameFile, "not copied: the link leads to the file that it would replace");
        if (existing.Is && place.Folder is { Names: { } names } inside && !names.TryTake(inside.CopiesAllNames ? place.Folders.Source : -1, folder, place.Target, existing.Status.Identity))
            return Publication.Collision(place);
        if (existing.Is && existing.Status.Kind == FileKind.Folder)
        {
            if (!tools.Settings.ReplacesFolders)
                return Fault.Of(CopyErrorKind.DestinationConflict, "not copied: a folder has its name in the destination");
            existing = existing with { IsFolder = true };
        }

        if (existing is { Is: true, IsFolder: false } && EntryRule.Decide(status, existing.Status, tools.Settings) is { Entry: ExistingEntry.Keep, Reason: var reason })
            return Outcome.Passing(CopyEventKind.Kept, 0, reason);
        if (tools.Settings.DryRun)
            return Outcome.Of(CopyEventKind.HardLinkMade, reason: existing.Reason);
        fixed (byte* temporary = tools.TemporaryName)
        {
            int result = Kernel.Link(firstFolder, first, folder, temporary);
            if (result == -Errno.Exists && Kernel.RemoveFile(folder, temporary) == 0)
                result = Kernel.Link(firstFolder, first, folder, temporary);
            mustBeCopied = result is -Errno.TooManyNames or -Errno.NotPermitted or -Errno.NotSupported or -Errno.CrossDevice;
            if (mustBeCopied)
                return default;
            if (result < 0)
                return Fault.OfDestination("cannot make the hard link", result);
            Fault fault = Publication.Publish(tools, place, existing, backup);
            if (!fault.IsNone)
            {
                _ = Kernel.RemoveFile(folder, temporary);
                return fault;
            }
        }

        return RemoveMoved(place, status, Outcome.Of(CopyEventKind.HardLinkMade, reason: existing.Reason));
    }

    private Outcome RemoveMoved(in EntryPlace place, in FileStatus status, Outcome outcome)
    {
        Fault kept = tools.Settings is { Move: true, DryRun: false } ? MovedSource.Remove(place, status) : default;
        return kept.IsNone ? outcome : kept;
    }
}
