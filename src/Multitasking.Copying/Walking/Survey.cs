using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Reporting;

namespace Multitasking.Copying.Walking;

/// <summary>
/// Counts what there is to copy, ahead of the copying, because nobody can tell the time left without it. It costs a look at every file, so
/// it is only made for somebody who watches, and only when the copy takes a while.
/// </summary>
internal sealed unsafe class Survey : IDisposable
{
    private readonly OpenFolders _open = new(64);
    private readonly Stack<(FolderPlace Place, int Depth)> _folders = new();
    private readonly CopyTree _tree;
    private readonly List<FolderHandle> _roots = [];
    private readonly EntryBlock _block = new();
    private ChildThread? _thread;
    private volatile bool _isStopping;
    private volatile bool _isComplete;
    private long _files;
    private long _bytes;

    internal Survey(CopyRoots roots, CopyTree tree)
    {
        _tree = tree;
        foreach (CopyRoot root in roots.Roots)
        {
            // A descriptor of its own: reading a folder moves along in it.
            FolderPlace? place = Again(root.Folder.Source, isRead: root.Entries is null);
            if (place is null)
                continue;
            if (root.Entries is null)
                _folders.Push((place, root.Folder.Depth));
            foreach (EntryBlock block in root.Entries ?? [])
                Count(place, root.Folder.Depth, block, place.Handle!.Descriptor);
        }
    }

    internal SurveyTotals Totals => new(Volatile.Read(ref _files), Volatile.Read(ref _bytes), _isComplete);

    /// <summary>Begins, if it has not begun.</summary>
    internal void StartOnce()
    {
        if (_thread is not null)
            return;
        _thread = new ChildThread(Run, name: "Copy-Survey") { IsDaemon = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _isStopping = true;
        _thread?.Join();
        _open.CloseIdle();
        foreach (FolderHandle root in _roots)
            root.Dispose();
    }

    private void Run()
    {
        while (!_isStopping && _folders.TryPop(out (FolderPlace Place, int Depth) folder))
            Read(folder.Place, folder.Depth);
        _isComplete = !_isStopping;
    }

    private void Read(FolderPlace folder, int depth)
    {
        int descriptor = folder.Parent is null ? folder.Handle!.Descriptor : Enter(folder, depth, out bool isLeftOut) is var opened && isLeftOut ? -1 : opened;
        if (descriptor < 0)
            return;
        bool ended = false;
        while (!ended && !_isStopping && _block.Fill(descriptor, out ended) == 0)
        {
            Count(folder, depth, _block, descriptor);
            _block.Clear();
        }

        _block.Clear();
        if (folder.Parent is not null)
            _open.Unpin(folder);
    }

    /// <summary>Opens a folder and keeps it pinned; one that cannot be opened counts nothing here and is reported by the copy.</summary>
    private int Enter(FolderPlace folder, int depth, out bool isLeftOut)
    {
        isLeftOut = false;
        int parent = _open.Pin(folder.Parent!);
        if (parent < 0)
            return parent;
        int descriptor;
        fixed (byte* name = folder.Name)
            descriptor = _open.OpenInside(parent, name, folder.Flags);
        _open.Unpin(folder.Parent!);
        if (descriptor < 0)
            return descriptor;
        int result = Kernel.Status(descriptor, out FileStatus status);
        folder.Identity = status.Identity;
        isLeftOut = result < 0 || _tree.Rules.EndsAt(folder, depth, status) || _tree.Rules.EndsBelow(depth) || (_tree.Settings.FollowsLinks && folder.LeadsBack());
        if (isLeftOut)
        {
            Kernel.Close(descriptor);
            return -1;
        }

        return _open.Install(folder, new FolderHandle(descriptor));
    }

    private void Count(FolderPlace folder, int depth, EntryBlock block, int descriptor)
    {
        for (int offset = 0; offset < block.Length;)
        {
            FolderEntry entry = block.Look(ref offset);
            if (entry.IsDots)
                continue;
            bool isLooked = Look(descriptor, entry, out FileStatus status);
            if (isLooked)
                entry.Kind = status.Kind;
            if (_tree.Rules.Judge(folder, depth, entry, out _) == Judgement.LeaveOut)
                continue;
            if (entry.Kind == FileKind.Folder)
            {
                _folders.Push((new FolderPlace(folder, [.. entry.NameBytes, 0]), depth + 1));
                continue;
            }

            if (isLooked && _tree.Settings.Filter is { } filter && !filter.Accepts(status, out _))
                continue;
            Volatile.Write(ref _files, _files + 1);
            Volatile.Write(ref _bytes, _bytes + (entry.Kind == FileKind.Regular ? status.Size : 0));
        }
    }

    /// <summary>Looks at what has a size, or is not known, or may be left out by what it is.</summary>
    private bool Look(int folder, FolderEntry entry, out FileStatus status)
    {
        status = default;
        if (_tree.Settings.FollowsLinks && entry.Kind == FileKind.SymbolicLink)
            return Kernel.StatusFollowed(folder, entry.Name, out status) == 0;
        bool isWanted = entry.Kind is FileKind.Regular or FileKind.Unknown || (_tree.Settings.Filter is not null && entry.Kind != FileKind.Folder);
        return isWanted && Kernel.StatusOf(folder, entry.Name, out status) == 0;
    }

    private FolderPlace? Again(FolderPlace place, bool isRead)
    {
        int descriptor;
        fixed (byte* self = ".\0"u8)
            descriptor = Kernel.Open(place.Handle!.Descriptor, self, isRead ? OpenFlags.Folder : OpenFlags.PathOnly | OpenFlags.Folder);
        if (descriptor < 0)
            return null;
        var handle = new FolderHandle(descriptor);
        _roots.Add(handle);
        return new FolderPlace(handle, place.Identity) { Flags = place.Flags };
    }
}
