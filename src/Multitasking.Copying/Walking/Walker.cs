using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Metadata;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Reporting;

namespace Multitasking.Copying.Walking;

/// <summary>Opens the folders of the source, creates their copies, and reads what is in them, for one worker.</summary>
internal sealed unsafe class Walker(CopyTree tree, Tally tally)
{
    private readonly bool _isSuperuser = Kernel.IsSuperuser();

    /// <summary>Reads the next entries of a folder; what follows them, and the folders among them, is queued.</summary>
    /// <returns>A block with something to copy, of which the caller is the first user; or null.</returns>
    internal SharedBlock? ReadNext(TreeFolder folder)
    {
        Fault fault = folder.IsEntered ? default : Enter(folder);
        for (int attempt = 1; !fault.IsNone && tree.Log.Add(folder.Path, fault, attempt); attempt++)
            fault = Enter(folder);
        SharedBlock block = tree.Queue.RentBlock();
        bool ended = true;
        if (fault.IsNone && !folder.IsLeftEmpty)
        {
            fault = Fill(folder, block, out ended);
            if (!fault.IsNone)
                tree.Log.AddForGood(folder.Path, fault);
            folder.IsReadToEnd = ended && fault.IsNone;
        }

        folder.HasFailed |= !fault.IsNone;
        if (fault is { IsNone: false, Kind: CopyErrorKind.SourceMissing } && folder.Parent is { } parent)
            parent.HasLostEntries = true;
        // The rest of the folder goes below the folders found in this part of it: depth first keeps the queue short.
        folder.Begin();
        if (!ended)
            tree.Queue.Push(folder);
        SharedBlock? shared = Dispatch(tree, block, folder, tally) ? block : null;
        if (ended)
            tree.End(folder);
        return shared;
    }

    /// <summary>Queues the folders of a block, leaves out what the rules leave out, and shares the block if it has anything else.</summary>
    /// <returns>Whether it was shared.</returns>
    internal static bool Dispatch(CopyTree tree, SharedBlock block, TreeFolder folder, Tally? tally)
    {
        block.Folder = folder;
        bool hasOther = false;
        for (int offset = 0; offset < block.Length;)
        {
            FolderEntry entry = block.Look(ref offset);
            if (entry.IsDots)
                continue;
            Judgement judgement = tree.Rules.Judge(folder, entry, out string? reason);
            if (tally is not null && judgement == Judgement.LeaveOut)
            {
                tally.Skipped++;
                if (tree.Log.TellsEvents)
                    tree.Log.Tell(CopyEventKind.Excluded, folder.PathOf(entry.NameBytes), reason: reason);
                entry.Kind = FileKind.LeftOut;
                continue;
            }

            if (entry.Kind == FileKind.Folder)
                tree.Queue.Push(new TreeFolder(folder, [.. entry.NameBytes, 0]) { IsOnTheWay = judgement == Judgement.OnTheWay });
            else
                hasOther = true;
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

    private Fault Fill(TreeFolder folder, SharedBlock block, out bool ended)
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
                Resolve(source, entry);
            }

            if (tree.LikesInodeOrder(folder.Source.Identity.Device, source))
                block.OrderByInode();
            return result < 0 ? Fault.OfSource("cannot read the folder", result) : default;
        }
        finally
        {
            tree.Open.Unpin(folder.Source);
        }
    }

    /// <summary>Some file systems do not say in the folder what an entry is; and a link that is followed is what it leads to.</summary>
    private void Resolve(int source, FolderEntry entry)
    {
        if (entry.Kind == FileKind.Unknown && Kernel.StatusOf(source, entry.Name, out FileStatus status) == 0)
            entry.Kind = status.Kind;
        if (entry.Kind == FileKind.SymbolicLink && tree.Settings.FollowsLinks && Kernel.StatusFollowed(source, entry.Name, out status) == 0)
            entry.Kind = status.Kind;
    }

    /// <summary>Creates the copy of a folder that was put off, and those above it. One at a time: whoever comes second finds it there.</summary>
    internal Fault Create(TreeFolder pending)
    {
        var way = new Stack<TreeFolder>();
        for (TreeFolder? at = pending; at is { IsPending: true }; at = at.Parent)
            way.Push(at);
        while (way.TryPop(out TreeFolder? folder))
        {
            TreeFolder parent = folder.Parent!;
            int destination = parent.IsVirtual ? -1 : tree.Open.Pin(parent.Destination);
            if (destination < 0 && !parent.IsVirtual)
                return Fault.OfDestination("cannot open its copied folder again", destination);
            try
            {
                Fault fault = tree.Settings.DryRun ? Foresee(folder, destination) : Create(folder, destination, folder.Metadata!.Value);
                if (!fault.IsNone)
                    return fault;
                if (!folder.IsVirtual)
                    tree.Open.Unpin(folder.Destination);
                if (folder.IsNew)
                    Count(CopyEventKind.FolderCreated, folder);
                folder.IsPending = false;
            }
            finally
            {
                if (!parent.IsVirtual)
                    tree.Open.Unpin(parent.Destination);
            }
        }

        return default;
    }

    private Fault Enter(TreeFolder folder)
    {
        TreeFolder parent = folder.Parent!;
        Fault missing = folder.IsOnTheWay ? default : tree.EnsureCreated(parent);
        if (!missing.IsNone)
            return missing;
        int source = tree.Open.Pin(parent.Source);
        if (source < 0)
            return Fault.OfSource("cannot open its folder again", source);
        try
        {
            // In a dry run what is in a folder that is not there is not there either.
            if (parent.IsVirtual || parent.IsPending)
                return Enter(folder, source, destinationParent: -1);
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
            folder.IsPending = folder.IsOnTheWay && IsMissing(folder, destinationParent);
            fault = folder.IsPending ? default : tree.Settings.DryRun ? Foresee(folder, destinationParent) : Create(folder, destinationParent, status);
            if (!fault.IsNone)
                return fault;
            folder.IsNew |= folder.IsPending;
            folder.Metadata = status;
            folder.IsEntered = true;
            bool endsHere = tree.Rules.EndsAt(folder.Source, folder.Depth, status);
            folder.IsLeftEmpty = endsHere || tree.Rules.EndsBelow(folder.Depth);
            if (folder is { IsVirtual: false, IsPending: false })
                tree.Open.Unpin(folder.Destination);
            if (endsHere)
                Count(CopyEventKind.OtherFileSystem, folder);
            else if (folder is { IsNew: true, IsPending: false })
                Count(CopyEventKind.FolderCreated, folder);
            return default;
        }
        finally
        {
            tree.Open.Unpin(folder.Source);
        }
    }

    private static bool IsMissing(TreeFolder folder, int parent)
    {
        fixed (byte* name = folder.Destination.Name)
            return parent < 0 || Kernel.StatusOf(parent, name, out _) == -Errno.NotFound;
    }

    /// <summary>Leaves the source pinned when it succeeds.</summary>
    private Fault OpenSource(TreeFolder folder, int parent, out FileStatus status)
    {
        int descriptor;
        fixed (byte* name = folder.Source.Name)
            descriptor = tree.Open.OpenInside(parent, name, folder.Source.Flags);
        status = default;
        if (descriptor < 0)
            return Fault.OfSource("cannot open the folder", descriptor);
        int result = Kernel.Status(descriptor, out status);
        folder.Source.Identity = status.Identity;
        if (result == 0 && tree.Settings.FollowsLinks && folder.Source.LeadsBack())
        {
            Kernel.Close(descriptor);
            return Fault.Of(CopyErrorKind.LinkCycle, "not copied: it leads back to a folder that it stands in");
        }

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

    /// <summary>What creating it would do, without doing it. Leaves the copy pinned if there is one.</summary>
    private Fault Foresee(TreeFolder folder, int parent)
    {
        fixed (byte* name = folder.Destination.Name)
        {
            int descriptor = parent < 0 ? -Errno.NotFound : tree.Open.OpenInside(parent, name, OpenFlags.Folder);
            if (descriptor == -Errno.NotFound)
            {
                folder.IsNew = folder.IsVirtual = true;
                return parent >= 0 && FolderAccess.CannotCreateIn(parent) is < 0 and var refused ? Fault.OfDestination("cannot create the folder", refused) : default;
            }

            if (descriptor is -Errno.NotFolder or -Errno.TooManyLinks)
            {
                folder.IsNew = folder.IsVirtual = true;
                return tree.Settings.ReplacesFolders ? default : InTheWay();
            }

            if (descriptor < 0)
                return Fault.OfDestination("cannot open the copied folder", descriptor);
            return Install(folder, descriptor);
        }
    }

    private static Fault InTheWay() => Fault.Of(CopyErrorKind.DestinationConflict, "cannot create the folder: something else has its name in the destination");

    /// <summary>Leaves the copy pinned when it succeeds.</summary>
    private Fault Create(TreeFolder folder, int parent, in FileStatus source)
    {
        fixed (byte* name = folder.Destination.Name)
        {
            int made = Kernel.MakeFolder(parent, name, ModeRule.WhileFilling(source, tree.Settings));
            if (made is < 0 and not -Errno.Exists)
                return Fault.OfDestination("cannot create the folder", made);
            folder.IsNew = made == 0;
            if (made == -Errno.Exists && IsTaken(folder, parent, name))
                return Fault.Of(CopyErrorKind.NameCollision, "not copied: another entry of the source has the same name in the destination, whose file system takes the two names for one");
            int descriptor = tree.Open.OpenInside(parent, name, OpenFlags.Folder);
            if (descriptor == -Errno.AccessDenied && !folder.IsNew
                && Kernel.StatusOf(parent, name, out FileStatus locked) == 0 && locked.Kind == FileKind.Folder
                && Kernel.SetModeOf(parent, name, ModeRule.WhileFillingExisting(locked)) == 0)
            {
                folder.ModeBefore = locked.Permissions;
                descriptor = tree.Open.OpenInside(parent, name, OpenFlags.Folder);
            }

            if (descriptor is -Errno.NotFolder or -Errno.TooManyLinks)
            {
                if (!tree.Settings.ReplacesFolders)
                    return InTheWay();
                int removed = tree.Backup is { } backup ? (backup.Move(folder.Destination.Parent!, parent, name).IsNone ? 0 : -Errno.Exists) : Kernel.RemoveFile(parent, name);
                return removed < 0 ? InTheWay() : Create(folder, parent, source);
            }

            if (descriptor < 0)
                return Fault.OfDestination("cannot open the copied folder", descriptor);
            int result = Kernel.Status(descriptor, out FileStatus status);
            if (result == 0 && !folder.IsNew && !_isSuperuser && ModeRule.KeepsOwnerOut(status))
            {
                folder.ModeBefore = status.Permissions;
                result = Kernel.SetMode(descriptor, ModeRule.WhileFillingExisting(status));
            }

            if (result < 0)
            {
                Kernel.Close(descriptor);
                return Fault.OfDestination("cannot use the copied folder", result);
            }

            Fault fault = Install(folder, descriptor);
            if (!fault.IsNone)
                return fault;
        }

        if (!folder.IsNew)
            RemoveLeftovers(folder.Destination.Handle!.Descriptor);
        return default;
    }

    /// <summary>Takes over the open copy, unless it is one of the folders that are copied. Closes it otherwise.</summary>
    private Fault Install(TreeFolder folder, int descriptor)
    {
        int result = Kernel.Status(descriptor, out FileStatus status);
        if (result < 0 || tree.IsSource(status.Identity))
        {
            Kernel.Close(descriptor);
            return result < 0
                ? Fault.OfDestination("cannot use the copied folder", result)
                : Fault.Of(CopyErrorKind.IntoItself, "not copied: its place in the destination is a folder that is being copied");
        }

        folder.Destination.Identity = status.Identity;
        // A new folder has such a list from the one it is in.
        folder.PassesLists = !(folder.IsNew && folder.Parent is { PassesLists: false }) && FolderMetadata.PassesLists(descriptor, tree.Settings);
        folder.Names = tree.NamesIn(folder, descriptor);
        tree.Open.Install(folder.Destination, new FolderHandle(descriptor));
        return default;
    }

    /// <summary>Whether another entry of this run has the place of a folder, under a name that the file system takes for the same.</summary>
    private bool IsTaken(TreeFolder folder, int parent, byte* name)
    {
        TreeFolder above = folder.Parent!;
        if (above.Names is not { } names || Kernel.StatusOf(parent, name, out FileStatus there) < 0)
            return false;
        int source = above.CopiesAllNames ? tree.Open.Pin(above.Source) : -1;
        bool isTaken = !names.TryTake(source, parent, name, there.Identity);
        if (source >= 0)
            tree.Open.Unpin(above.Source);
        return isTaken;
    }

    private void Count(CopyEventKind kind, TreeFolder folder)
    {
        tally.Count(Outcome.Of(kind));
        if (tree.Log.TellsEvents)
            tree.Log.Tell(kind, folder.Path);
    }

    private void RemoveLeftovers(int folder)
    {
        SharedBlock block = tree.Queue.RentBlock();
        Leftovers.Remove(folder, block);
        tree.Queue.ReturnBlock(block);
    }
}
