using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Reporting;

namespace Multitasking.Copying.Walking;

/// <summary>Opens the folders of the source, creates their copies, and reads what is in them, for one worker.</summary>
internal sealed unsafe class Walker(CopyTree tree, Tally tally)
{
    private readonly bool _isSuperuser = Kernel.IsSuperuser();

    /// <summary>Reads the next entries of a folder; what follows them, and the folders among them, is queued.</summary>
    /// <returns>A block with something to copy, of which the caller is the first user; or null.</returns>
    internal EntryBlock? ReadNext(TreeFolder folder)
    {
        Fault fault = folder.IsEntered ? default : Enter(folder);
        EntryBlock block = tree.Queue.RentBlock();
        bool ended = true;
        if (fault.IsNone)
            fault = Fill(folder, block, out ended);
        if (!fault.IsNone)
            tree.Errors.Add(folder.Path, fault);

        // The rest of the folder goes below the folders found in this part of it: depth first keeps the queue short.
        folder.Begin();
        if (!ended)
            tree.Queue.Push(folder);
        EntryBlock? shared = Dispatch(tree, block, folder) ? block : null;
        if (ended)
            tree.End(folder);
        return shared;
    }

    /// <summary>Queues the folders of a block, and shares the block if it has anything else.</summary>
    /// <returns>Whether it was shared.</returns>
    internal static bool Dispatch(CopyTree tree, EntryBlock block, TreeFolder folder)
    {
        block.Folder = folder;
        bool hasOther = false;
        for (int offset = 0; offset < block.Length;)
        {
            FolderEntry entry = block.Look(ref offset);
            if (entry.Kind == FileKind.Folder && !entry.IsDots)
                tree.Queue.Push(new TreeFolder(folder, [.. entry.NameBytes, 0]));
            else
                hasOther |= !entry.IsDots;
        }

        if (hasOther)
        {
            tree.Queue.Share(block);
            return true;
        }

        tree.Queue.ReturnBlock(block);
        tree.End(folder);
        return false;
    }

    private Fault Fill(TreeFolder folder, EntryBlock block, out bool ended)
    {
        ended = true;
        int source = tree.Open.Pin(folder.Source);
        if (source < 0)
            return Fault.OfSource("cannot open the folder again", source);
        try
        {
            // The handle may have been closed since the last part was read, and opened again at the beginning.
            FolderHandle handle = folder.Source.Handle!;
            if (folder.ReadThrough is { } last && last != handle && Kernel.Seek(source, folder.Position) is < 0 and var failed)
                return Fault.OfSource("cannot go on in the folder", failed);
            folder.ReadThrough = handle;
            int result = block.Fill(source, out ended);
            for (int offset = 0; offset < block.Length;)
            {
                FolderEntry entry = block.Look(ref offset);
                folder.Position = entry.NextPosition;
                // Some file systems do not say in the folder what an entry is.
                if (entry.Kind == FileKind.Unknown && Kernel.StatusOf(source, entry.Name, out FileStatus status) == 0)
                    entry.Kind = status.Kind;
            }

            return result < 0 ? Fault.OfSource("cannot read the folder", result) : default;
        }
        finally
        {
            tree.Open.Unpin(folder.Source);
        }
    }

    private Fault Enter(TreeFolder folder)
    {
        TreeFolder parent = folder.Parent!;
        int source = tree.Open.Pin(parent.Source);
        if (source < 0)
            return Fault.OfSource("cannot open its folder again", source);
        try
        {
            int destination = tree.Open.Pin(parent.Destination);
            if (destination < 0)
                return Fault.OfDestination("cannot open its copied folder again", destination);
            try
            {
                return Enter(folder, source, destination);
            }
            finally
            {
                tree.Open.Unpin(parent.Destination);
            }
        }
        finally
        {
            tree.Open.Unpin(parent.Source);
        }
    }

    private Fault Enter(TreeFolder folder, int sourceParent, int destinationParent)
    {
        Fault fault = OpenSource(folder, sourceParent, out FileStatus status);
        if (!fault.IsNone)
            return fault;
        try
        {
            fault = Create(folder, destinationParent, status);
            if (!fault.IsNone)
                return fault;
            folder.Metadata = status;
            folder.IsEntered = true;
            tree.Open.Unpin(folder.Destination);
            return default;
        }
        finally
        {
            tree.Open.Unpin(folder.Source);
        }
    }

    /// <summary>Leaves the source pinned when it succeeds.</summary>
    private Fault OpenSource(TreeFolder folder, int parent, out FileStatus status)
    {
        int descriptor;
        fixed (byte* name = folder.Source.Name)
            descriptor = tree.Open.OpenInside(parent, name, OpenFlags.Folder);
        status = default;
        if (descriptor < 0)
            return Fault.OfSource("cannot open the folder", descriptor);
        int result = Kernel.Status(descriptor, out status);
        folder.Source.Identity = status.Identity;
        if (result == 0 && !tree.IsDestination(status.Identity))
        {
            tree.Open.Install(folder.Source, new FolderHandle(descriptor));
            return default;
        }

        Kernel.Close(descriptor);
        return result < 0
            ? Fault.OfSource("cannot read the folder's status", result)
            : Fault.Of(CopyErrorKind.IntoItself, "not copied: it is where the copy goes");
    }

    /// <summary>Leaves the copy pinned when it succeeds.</summary>
    private Fault Create(TreeFolder folder, int parent, in FileStatus source)
    {
        fixed (byte* name = folder.Destination.Name)
        {
            int made = Kernel.MakeFolder(parent, name, ModeRule.WhileFilling(source));
            if (made is < 0 and not -Errno.Exists)
                return Fault.OfDestination("cannot create the folder", made);
            folder.IsNew = made == 0;
            int descriptor = tree.Open.OpenInside(parent, name, OpenFlags.Folder);
            if (descriptor == -Errno.AccessDenied && !folder.IsNew
                && Kernel.StatusOf(parent, name, out FileStatus locked) == 0 && locked.Kind == FileKind.Folder
                && Kernel.SetModeOf(parent, name, ModeRule.WhileFilling(source)) == 0)
                descriptor = tree.Open.OpenInside(parent, name, OpenFlags.Folder);
            if (descriptor is -Errno.NotFolder or -Errno.TooManyLinks)
                return Fault.Of(CopyErrorKind.DestinationConflict, "cannot create the folder: something else has its name in the destination");
            if (descriptor < 0)
                return Fault.OfDestination("cannot open the copied folder", descriptor);

            int result = Kernel.Status(descriptor, out FileStatus status);
            if (result == 0 && !folder.IsNew && !_isSuperuser && ModeRule.KeepsOwnerOut(status))
                result = Kernel.SetMode(descriptor, ModeRule.WhileFilling(source));
            if (result == 0 && !tree.IsSource(status.Identity))
            {
                folder.Destination.Identity = status.Identity;
                tree.Open.Install(folder.Destination, new FolderHandle(descriptor));
            }
            else
            {
                Kernel.Close(descriptor);
                return result < 0
                    ? Fault.OfDestination("cannot use the copied folder", result)
                    : Fault.Of(CopyErrorKind.IntoItself, "not copied: its place in the destination is a folder that is being copied");
            }
        }

        if (folder.IsNew)
            tally.FoldersCreated++;
        else
            RemoveLeftovers(folder.Destination.Handle!.Descriptor);
        return default;
    }

    private void RemoveLeftovers(int folder)
    {
        EntryBlock block = tree.Queue.RentBlock();
        Leftovers.Remove(folder, block);
        tree.Queue.ReturnBlock(block);
    }
}
