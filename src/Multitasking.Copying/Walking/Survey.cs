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
    private readonly Stack<FolderPlace> _folders = new();
    private readonly List<FolderHandle> _roots = [];
    private readonly EntryBlock _block = new();
    private ChildThread? _thread;
    private volatile bool _isStopping;
    private volatile bool _isComplete;
    private long _files;
    private long _bytes;

    internal Survey(CopyRoots roots, CopyTree tree)
    {
        foreach (CopyRoot root in roots.Roots)
        {
            // A descriptor of its own: reading a folder moves along in it.
            FolderPlace? place = Again(root.Folder.Source, isRead: root.Entries is null);
            if (place is null)
                continue;
            if (root.Entries is null)
                _folders.Push(place);
            foreach (EntryBlock block in root.Entries ?? [])
                Count(place, block);
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
        while (!_isStopping && _folders.TryPop(out FolderPlace? folder))
            Read(folder);
        _isComplete = !_isStopping;
    }

    private void Read(FolderPlace folder)
    {
        int descriptor = folder.Parent is null ? folder.Handle!.Descriptor : Enter(folder);
        if (descriptor < 0)
            return;
        bool ended = false;
        while (!ended && !_isStopping && _block.Fill(descriptor, out ended) == 0)
        {
            Count(folder, _block, descriptor);
            _block.Clear();
        }

        _block.Clear();
        if (folder.Parent is not null)
            _open.Unpin(folder);
    }

    /// <summary>Opens a folder and keeps it pinned; one that cannot be opened counts nothing here and is reported by the copy.</summary>
    private int Enter(FolderPlace folder)
    {
        int parent = _open.Pin(folder.Parent!);
        if (parent < 0)
            return parent;
        int descriptor;
        fixed (byte* name = folder.Name)
            descriptor = _open.OpenInside(parent, name, OpenFlags.Folder);
        _open.Unpin(folder.Parent!);
        if (descriptor < 0)
            return descriptor;
        int result = Kernel.Status(descriptor, out FileStatus status);
        folder.Identity = status.Identity;
        return _open.Install(folder, new FolderHandle(descriptor)) is var installed && result < 0 ? result : installed;
    }

    private void Count(FolderPlace folder, EntryBlock block) => Count(folder, block, folder.Handle!.Descriptor);

    private void Count(FolderPlace folder, EntryBlock block, int descriptor)
    {
        for (int offset = 0; offset < block.Length;)
        {
            FolderEntry entry = block.Look(ref offset);
            if (entry.IsDots)
                continue;
            FileKind kind = entry.Kind;
            long size = 0;
            if (kind is FileKind.Regular or FileKind.Unknown && Kernel.StatusOf(descriptor, entry.Name, out FileStatus status) == 0)
                (kind, size) = (status.Kind, status.Size);
            if (kind == FileKind.Folder)
            {
                _folders.Push(new FolderPlace(folder, [.. entry.NameBytes, 0]));
                continue;
            }

            Volatile.Write(ref _files, _files + 1);
            Volatile.Write(ref _bytes, _bytes + (kind == FileKind.Regular ? size : 0));
        }
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
        return new FolderPlace(handle, place.Identity);
    }
}
