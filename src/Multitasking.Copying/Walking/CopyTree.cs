using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Metadata;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Removing;
using Multitasking.Copying.Reporting;

namespace Multitasking.Copying.Walking;

/// <summary>The folders of one run that are not complete yet, and what all workers share about them.</summary>
internal sealed class CopyTree(CopyRoots roots, CopySettings settings, TreeRules rules, RunLog log)
{
    private readonly uint _creationMask = Umask.Read();
    private readonly Dictionary<ulong, bool> _likesInodeOrder = [];
    private readonly Tally _late = new();
    private readonly Lock _creating = new();
    private readonly Dictionary<ulong, long> _types = [];
    private Backup? _backup;

    internal OpenFolders Open { get; } = new(OpenFolders.DefaultCapacity());

    internal WorkQueue Queue { get; } = new();

    internal CopySettings Settings => settings;

    internal TreeRules Rules => rules;

    internal RunLog Log => log;

    /// <summary>Where replaced and removed entries of the destination go; null for nowhere.</summary>
    internal Backup? Backup => roots.Backup is { } root ? _backup ??= new Backup(root, roots.BackupSince, Open) : null;

    /// <summary>What is done with a folder when everything in it is there, before it gets its metadata.</summary>
    internal Action<TreeFolder>? Completing { get; set; }

    /// <summary>What is done with a folder when it is wholly done.</summary>
    internal Action<TreeFolder>? Completed { get; set; }

    /// <summary>Whether a folder of the source is where the copy goes, so that the copy would copy itself.</summary>
    internal bool IsDestination(FileIdentity folder) => roots.Destinations.Contains(folder);

    /// <summary>Whether a folder of the copy is one that is being copied, so that the source would be written to.</summary>
    internal bool IsSource(FileIdentity folder) => roots.Sources.Contains(folder);

    /// <summary>The folders of the source and for backups, which stay wherever they are.</summary>
    internal IReadOnlyList<FileIdentity> Kept { get; } = roots.BackupIdentity is { } backup ? [.. roots.Sources, backup] : roots.Sources;

    /// <summary>Whether calls to the source or the destination wait for another machine or process.</summary>
    internal bool IsRemote => roots.Roots.Any(root => IsRemoteFolder(root.Folder.Source) || IsRemoteFolder(root.Folder.Destination));

    /// <summary>Which folder the one for backups is, if there is one.</summary>
    internal FileIdentity BackupIdentity => roots.BackupIdentity ?? default;

    /// <summary>Whether a folder is the one that backups go into.</summary>
    internal bool IsBackup(FileIdentity folder) => roots.BackupIdentity == folder;

    /// <summary>Whether the files of a folder are best copied in the order of their inodes. Asked once a device.</summary>
    internal bool LikesInodeOrder(ulong device, int folder)
    {
        lock (_likesInodeOrder)
        {
            if (!_likesInodeOrder.TryGetValue(device, out bool likes))
                _likesInodeOrder.Add(device, likes = FileSystemTypes.LikesInodeOrder(Kernel.FileSystemType(folder)));
            return likes;
        }
    }

    /// <summary>How many folders were created when the first entry in them was copied.</summary>
    internal long FoldersCreatedLate => Volatile.Read(ref _late.FoldersCreated);

    /// <summary>Creates the copy of a folder that was put off until there is something to put into it.</summary>
    internal Fault EnsureCreated(TreeFolder folder)
    {
        if (!folder.IsPending)
            return default;
        lock (_creating)
            return new Walker(this, _late).Create(folder);
    }

    /// <summary>What is in a folder of the copy that may take two names for one; null for any other. The sort of file system is asked once a device.</summary>
    internal FoldingNames? NamesIn(TreeFolder folder, int destination)
    {
        long type;
        lock (_types)
        {
            ulong device = folder.Destination.Identity.Device;
            if (!_types.TryGetValue(device, out type))
                _types.Add(device, type = Kernel.FileSystemType(destination));
        }

        // What is created in a folder is as that is.
        bool folds = folder.IsNew && !FileSystemTypes.MayIgnoreCase(type) ? folder.Parent?.Names is not null : FoldingNames.AreIn(type, destination);
        return folds ? FoldingNames.Of(destination, folder.IsNew) : null;
    }

    /// <summary>Queues what the run begins with.</summary>
    internal void Begin()
    {
        foreach (CopyRoot root in roots.Roots)
            Queue.BeginRoot();
        foreach (CopyRoot root in roots.Roots)
        {
            if (root.Entries is null)
            {
                if (root.Folder.IsNew)
                    log.Tell(CopyEventKind.FolderCreated, root.Folder.Path);
                Queue.Push(root.Folder);
                continue;
            }

            foreach (SharedBlock block in root.Entries)
                if (Walker.Dispatch(this, block, root.Folder, tally: null))
                    Queue.Leave(block);
            End(root.Folder);
        }
    }

    /// <summary>Ends something that a folder waited for. A folder that is complete gets its metadata, and its parent has one less to wait for.</summary>
    internal void End(TreeFolder ended)
    {
        // A loop, because trees are deeper than stacks.
        for (TreeFolder? folder = ended; folder is not null && folder.End(); folder = folder.Parent)
        {
            if (folder.IsEntered)
                Complete(folder);
            Open.Forget(folder.Source);
            Open.Forget(folder.Destination);
            Completed?.Invoke(folder);
            if (folder.Parent is null)
                Queue.EndRoot();
        }
    }

    private void Complete(TreeFolder folder)
    {
        if (folder.IsPending)
            return;
        Completing?.Invoke(folder);
        if (settings.DryRun || folder.Metadata is not { } metadata)
            return;
        Fault fault = ApplyMetadata(folder, metadata);
        if (!fault.IsNone)
        {
            folder.HasFailed = true;
            log.AddForGood(folder.Path, fault);
        }
    }

    private Fault ApplyMetadata(TreeFolder folder, in FileStatus metadata)
    {
        int destination = Open.Pin(folder.Destination);
        if (destination < 0)
            return Fault.OfMetadata("cannot open the copied folder again", destination);
        // Only attributes are read from the source now; a source that is gone has none.
        int source = ExtendedAttributes.AreWanted(settings) ? Open.Pin(folder.Source) : -1;
        try
        {
            Fault fault = FolderMetadata.Apply(source, destination, metadata, settings, _creationMask, folder.IsNew);
            if (folder.ModeBefore is { } mode && !settings.Keeps(CopyPreserve.Mode) && Kernel.SetMode(destination, mode) is < 0 and var failed && fault.IsNone)
                fault = Fault.OfMetadata("cannot set the folder's mode back", failed);
            return fault;
        }
        finally
        {
            if (source >= 0)
                Open.Unpin(folder.Source);
            Open.Unpin(folder.Destination);
        }
    }

    private static bool IsRemoteFolder(FolderPlace folder) => FileSystemTypes.IsRemote(Kernel.FileSystemType(folder.Handle!.Descriptor));
}
