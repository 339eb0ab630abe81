using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Removing;

/// <summary>Removes a folder with everything in it: relative to open folders, following no link, however deep it is.</summary>
internal sealed unsafe class TreeRemoval : IDisposable
{
    private readonly OpenFolders _open = new(64);
    private readonly Stack<(FolderPlace Folder, bool IsEmptied)> _folders = new();
    private readonly EntryBlock _block = new();
    private readonly DeletionBudget? _budget;

    private readonly bool _isDry;

    private TreeRemoval(DeletionBudget? budget, bool isDry)
    {
        _budget = budget;
        _isDry = isDry;
    }

    /// <summary>How many entries were removed.</summary>
    internal long Removed { get; private set; }

    /// <summary>Removes it.</summary>
    /// <param name="parent">The open folder it stands in.</param>
    /// <param name="name">Its name, ending with NUL.</param>
    /// <param name="budget">Pays for every entry; null for as many as there are.</param>
    /// <param name="removed">How many entries were removed, the folder itself included.</param>
    /// <param name="isDry">Whether it is only counted what would be removed.</param>
    internal static Fault Remove(int parent, byte* name, DeletionBudget? budget, out long removed, bool isDry = false)
    {
        using var removal = new TreeRemoval(budget, isDry);
        Fault fault = removal.Run(parent, name);
        removed = removal.Removed;
        return fault;
    }

    public void Dispose() => _open.CloseIdle();

    private Fault Run(int parent, byte* name)
    {
        int opened;
        fixed (byte* self = ".\0"u8)
            opened = Kernel.Open(parent, self, OpenFlags.PathOnly | OpenFlags.Folder);
        if (opened < 0)
            return Fault.OfRemoval("cannot open its folder", opened);
        using var handle = new FolderHandle(opened);
        int result = Kernel.Status(opened, out FileStatus status);
        if (result < 0)
            return Fault.OfRemoval("cannot read the status of its folder", result);
        var root = new FolderPlace(handle, status.Identity);
        _folders.Push((new FolderPlace(root, [.. System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name), 0]), false));
        while (_folders.TryPop(out (FolderPlace Folder, bool IsEmptied) next))
        {
            Fault fault = next.IsEmptied ? RemoveEmptied(next.Folder) : Empty(next.Folder);
            if (!fault.IsNone)
                return fault;
        }

        return default;
    }

    private Fault Empty(FolderPlace folder)
    {
        int parent = _open.Pin(folder.Parent!);
        if (parent < 0)
            return Fault.OfRemoval("cannot open a folder in it again", parent);
        int descriptor;
        fixed (byte* name = folder.Name)
            descriptor = _open.OpenInside(parent, name, OpenFlags.Folder);
        _open.Unpin(folder.Parent!);
        if (descriptor < 0)
            return Fault.OfRemoval("cannot open a folder in it", descriptor);
        int result = Kernel.Status(descriptor, out FileStatus status);
        folder.Identity = status.Identity;
        _open.Install(folder, new FolderHandle(descriptor));
        _folders.Push((folder, true));
        try
        {
            return result < 0 ? Fault.OfRemoval("cannot read the status of a folder in it", result) : EmptyOpen(folder, descriptor);
        }
        finally
        {
            _open.Unpin(folder);
        }
    }

    private Fault EmptyOpen(FolderPlace folder, int descriptor)
    {
        for (bool ended = false; !ended;)
        {
            _block.Clear();
            int result = _block.Fill(descriptor, out ended);
            if (result < 0)
                return Fault.OfRemoval("cannot read a folder in it", result);
            for (int offset = 0; offset < _block.Length;)
            {
                FolderEntry entry = _block.Look(ref offset);
                if (entry.IsDots)
                    continue;
                if (entry.Kind == FileKind.Folder || (entry.Kind == FileKind.Unknown && Kernel.StatusOf(descriptor, entry.Name, out FileStatus status) == 0 && status.Kind == FileKind.Folder))
                {
                    _folders.Push((new FolderPlace(folder, [.. entry.NameBytes, 0]), false));
                    continue;
                }

                Fault fault = Take(&Kernel.RemoveFile, descriptor, entry.Name);
                if (!fault.IsNone)
                    return fault;
            }
        }

        return default;
    }

    private Fault RemoveEmptied(FolderPlace folder)
    {
        _open.Forget(folder);
        int parent = _open.Pin(folder.Parent!);
        if (parent < 0)
            return Fault.OfRemoval("cannot open a folder in it again", parent);
        try
        {
            fixed (byte* name = folder.Name)
                return Take(&Kernel.RemoveFolder, parent, name);
        }
        finally
        {
            _open.Unpin(folder.Parent!);
        }
    }

    private Fault Take(delegate*<int, byte*, int> remove, int folder, byte* name)
    {
        if (_budget is not null && !_budget.TryTake())
            return Fault.Of(CopyErrorKind.LimitReached, $"not removed: {_budget.Most} entries were removed, which is the limit");
        int result = _isDry ? 0 : remove(folder, name);
        if (result < 0)
            return Fault.OfRemoval("cannot remove an entry of it", result);
        Removed++;
        return default;
    }
}
