using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Removing;

/// <summary>Removes a folder with everything in it but what is to stay: relative to open folders, following no link, however deep it is.</summary>
internal sealed unsafe class TreeRemoval : IDisposable
{
    private readonly OpenFolders _open = new(64);
    private readonly Stack<Step> _steps = new();
    private readonly EntryBlock _block = new();
    private readonly RemovalRule _rule;

    private TreeRemoval(RemovalRule rule) => _rule = rule;

    /// <summary>How many entries were removed.</summary>
    internal long Removed { get; private set; }

    /// <summary>Removes it.</summary>
    /// <param name="place">The folder it stands in, for names; null where no rule asks for them.</param>
    /// <param name="parent">The same, open.</param>
    /// <param name="name">Its name, ending with NUL.</param>
    /// <param name="rule">How.</param>
    /// <param name="removed">How many entries were removed, the folder itself included.</param>
    /// <param name="isKept">Whether something in it stays, and so it too.</param>
    internal static Fault Remove(FolderPlace? place, int parent, byte* name, RemovalRule rule, out long removed, out bool isKept)
    {
        using var removal = new TreeRemoval(rule);
        Fault fault = removal.Run(place, parent, name, out isKept);
        removed = removal.Removed;
        return fault;
    }

    public void Dispose() => _open.CloseIdle();

    private Fault Run(FolderPlace? place, int parent, byte* name, out bool isKept)
    {
        isKept = false;
        int opened;
        fixed (byte* self = ".\0"u8)
            opened = Kernel.Open(parent, self, OpenFlags.PathOnly | OpenFlags.Folder);
        if (opened < 0)
            return Fault.OfRemoval("cannot open its folder", opened);
        using var handle = new FolderHandle(opened);
        int result = Kernel.Status(opened, out FileStatus status);
        if (result < 0)
            return Fault.OfRemoval("cannot read the status of its folder", result);
        var root = new Step(new FolderPlace(handle, status.Identity), place, above: null);
        _steps.Push(Inside(root, [.. System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name), 0]));
        while (_steps.TryPop(out Step? next))
        {
            Fault fault = next.IsEmptied ? RemoveEmptied(next) : Empty(next);
            if (!fault.IsNone)
                return fault;
        }

        isKept = root.IsKept;
        return default;
    }

    private static Step Inside(Step folder, byte[] name) =>
        new(new FolderPlace(folder.Place, name), folder.Named is { } named ? new FolderPlace(named, name) : null, folder);

    private Fault Empty(Step folder)
    {
        int parent = _open.Pin(folder.Place.Parent!);
        if (parent < 0)
            return Fault.OfRemoval("cannot open a folder in it again", parent);
        int descriptor;
        fixed (byte* name = folder.Place.Name)
            descriptor = _open.OpenInside(parent, name, OpenFlags.Folder);
        _open.Unpin(folder.Place.Parent!);
        if (descriptor < 0)
            return Fault.OfRemoval("cannot open a folder in it", descriptor);
        int result = Kernel.Status(descriptor, out FileStatus status);
        if (result == 0 && Stays(folder, status.Identity))
        {
            Kernel.Close(descriptor);
            folder.Above!.IsKept = true;
            return default;
        }

        folder.Place.Identity = status.Identity;
        _open.Install(folder.Place, new FolderHandle(descriptor));
        folder.IsEmptied = true;
        _steps.Push(folder);
        try
        {
            return result < 0 ? Fault.OfRemoval("cannot read the status of a folder in it", result) : EmptyOpen(folder, descriptor);
        }
        finally
        {
            _open.Unpin(folder.Place);
        }
    }

    private bool Stays(Step folder, FileIdentity identity) =>
        _rule.Kept.Contains(identity) || (_rule.StaysOnDevice && identity.Device != folder.Place.Parent!.Identity.Device);

    private Fault EmptyOpen(Step folder, int descriptor)
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
                Fault fault = Remove(folder, descriptor, entry);
                if (!fault.IsNone)
                    return fault;
            }
        }

        return default;
    }

    private Fault Remove(Step folder, int descriptor, FolderEntry entry)
    {
        FileStatus status = default;
        if (_rule.Spares is not null || entry.Kind == FileKind.Unknown)
        {
            int result = Kernel.StatusOf(descriptor, entry.Name, out status);
            if (result < 0)
                return result == -Errno.NotFound ? default : Fault.OfRemoval("cannot read the status of an entry of it", result);
            entry.Kind = status.Kind;
        }

        if (_rule.Spares is { } spares && spares(folder.Named!, folder.Depth, entry, status))
        {
            folder.IsKept = true;
            return default;
        }

        if (entry.Kind != FileKind.Folder)
            return Take(&Kernel.RemoveFile, folder, descriptor, entry.Name);
        _steps.Push(Inside(folder, [.. entry.NameBytes, 0]));
        return default;
    }

    private Fault RemoveEmptied(Step folder)
    {
        _open.Forget(folder.Place);
        if (folder.IsKept)
        {
            folder.Above!.IsKept = true;
            return default;
        }

        int parent = _open.Pin(folder.Place.Parent!);
        if (parent < 0)
            return Fault.OfRemoval("cannot open a folder in it again", parent);
        try
        {
            fixed (byte* name = folder.Place.Name)
                return Take(&Kernel.RemoveFolder, inBackup: null, parent, name);
        }
        finally
        {
            _open.Unpin(folder.Place.Parent!);
        }
    }

    /// <param name="remove">The call that removes it.</param>
    /// <param name="inBackup">The folder it stands in, if it can go into the backup.</param>
    /// <param name="folder">The same, open.</param>
    /// <param name="name">Its name, ending with NUL.</param>
    private Fault Take(delegate*<int, byte*, int> remove, Step? inBackup, int folder, byte* name)
    {
        if (_rule.Budget is { } budget && !budget.TryTake())
            return Fault.Of(CopyErrorKind.LimitReached, $"not removed: {budget.Most} entries were removed, which is the limit");
        Fault fault = default;
        if (!_rule.IsDry)
            fault = _rule.Backup is { } backup && inBackup is not null ? backup.Move(inBackup.Named!, folder, name)
                : remove(folder, name) is < 0 and var result ? Fault.OfRemoval("cannot remove an entry of it", result)
                : default;
        if (fault.IsNone)
            Removed++;
        else
            _rule.Budget?.GiveBack();
        return fault;
    }

    /// <summary>A folder to be removed.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="named">The same among the folders of the run; null where nobody asks.</param>
    /// <param name="above">What it stands in.</param>
    private sealed class Step(FolderPlace place, FolderPlace? named, Step? above)
    {
        internal FolderPlace Place => place;

        internal FolderPlace? Named => named;

        internal Step? Above => above;

        internal int Depth { get; } = above is null ? 0 : above.Depth + 1;

        internal bool IsEmptied { get; set; }

        internal bool IsKept { get; set; }
    }
}
