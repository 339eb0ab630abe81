using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Removing;

/// <summary>The folder into which entries of the destination go, under the path they had, before something else happens to their names.</summary>
/// <param name="root">The open folder.</param>
/// <param name="since">When the run began, by the clock of that folder's file system.</param>
/// <param name="open">Opens folders.</param>
internal sealed unsafe class Backup(FolderHandle root, TimeSpec since, OpenFolders open)
{
    private const uint OwnersAlone = 0x1C0;

    /// <summary>The open folder.</summary>
    internal FolderHandle Root => root;

    /// <summary>When the run began, by the clock of the folder's file system.</summary>
    internal TimeSpec Since => since;

    /// <summary>Moves an entry. A backup of the same name is replaced by it.</summary>
    /// <param name="place">The folder of the destination that it stands in.</param>
    /// <param name="folder">The same, open.</param>
    /// <param name="name">Its name, ending with NUL.</param>
    internal Fault Move(FolderPlace place, int folder, byte* name)
    {
        int opened = OpenWay(place);
        if (opened < 0)
            return CannotCreate(opened);
        using var inside = new FileDescriptor(opened);
        return Move(folder, name, opened);
    }

    /// <summary>
    /// Gives a file or a link a second name in the backup, so that the first can be replaced in one step. Where that cannot be, it is moved. A backup that an earlier
    /// run made is replaced by it.
    /// </summary>
    /// <param name="place">The folder of the destination that it stands in.</param>
    /// <param name="folder">The same, open.</param>
    /// <param name="name">Its name, ending with NUL.</param>
    /// <param name="isRepeated">Whether this run may have copied the entry already: what it put into the backup then was the original, and stays.</param>
    internal Fault Keep(FolderPlace place, int folder, byte* name, bool isRepeated)
    {
        int opened = OpenWay(place);
        if (opened < 0)
            return CannotCreate(opened);
        using var inside = new FileDescriptor(opened);
        if (isRepeated && Kernel.StatusOf(opened, name, out FileStatus kept) == 0 && !kept.Changed.IsBefore(since))
            return default;
        int result = Kernel.Link(folder, name, opened, name);
        if (result == -Errno.Exists)
        {
            if (IsSame(folder, opened, name))
                return default;
            Fault fault = RemoveOld(opened, name);
            if (!fault.IsNone)
                return fault;
            result = Kernel.Link(folder, name, opened, name);
        }

        return result == 0 ? default : Move(folder, name, opened);
    }

    /// <summary>Puts an entry back whose name was not taken after all; where it kept that, nothing happens.</summary>
    internal void GiveBack(FolderPlace place, int folder, byte* name)
    {
        int opened = OpenWay(place);
        if (opened < 0)
            return;
        using var inside = new FileDescriptor(opened);
        if (Kernel.RenameNew(opened, name, folder, name) is -Errno.Invalid or -Errno.NotImplemented or -Errno.NotSupported && Kernel.StatusOf(folder, name, out _) == -Errno.NotFound)
            _ = Kernel.Rename(opened, name, folder, name);
    }

    private static Fault Move(int folder, byte* name, int backup)
    {
        // A renaming does nothing where both names are the same file's.
        if (IsSame(folder, backup, name))
            return Kernel.RemoveFile(folder, name) is < 0 and var failed ? CannotMove(failed) : default;
        int result = Kernel.Rename(folder, name, backup, name);
        // A folder of an earlier backup stands there.
        if (result is -Errno.NotEmpty or -Errno.Exists or -Errno.IsFolder or -Errno.NotFolder)
        {
            Fault fault = RemoveOld(backup, name);
            if (!fault.IsNone)
                return fault;
            result = Kernel.Rename(folder, name, backup, name);
        }

        return result == -Errno.Invalid ? Fault.Of(CopyErrorKind.DestinationConflict, "cannot move what is there into the backup, which lies in it")
            : result < 0 ? CannotMove(result)
            : default;
    }

    private static Fault CannotCreate(int result) => Fault.OfRemoval("cannot create its folder in the backup", result);

    private static Fault CannotMove(int result) => Fault.OfRemoval("cannot move what is there into the backup", result);

    private static bool IsSame(int folder, int backup, byte* name) =>
        Kernel.StatusOf(backup, name, out FileStatus there) == 0 && Kernel.StatusOf(folder, name, out FileStatus status) == 0 && there.Identity == status.Identity;

    private static Fault RemoveOld(int folder, byte* name) =>
        Kernel.RemoveFile(folder, name) == 0 ? default : TreeRemoval.Remove(place: null, folder, name, new RemovalRule(), out _, out _);

    /// <summary>Opens the folder inside the backup, and creates what is missing of it. The answer is a descriptor of the caller's, or minus the error number.</summary>
    private int OpenWay(FolderPlace place)
    {
        var way = new Stack<FolderPlace>();
        for (FolderPlace above = place; above.Parent is not null; above = above.Parent)
            way.Push(above);
        int at;
        fixed (byte* self = ".\0"u8)
            at = open.OpenInside(root.Descriptor, self, OpenFlags.Folder);
        while (at >= 0 && way.TryPop(out FolderPlace? next))
        {
            using var above = new FileDescriptor(at);
            fixed (byte* name = next.Name)
            {
                int made = Kernel.MakeFolder(at, name, OwnersAlone);
                at = made is < 0 and not -Errno.Exists ? made : open.OpenInside(at, name, OpenFlags.Folder);
            }
        }

        return at;
    }
}
