using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Removing;

/// <summary>The folder into which entries of the destination are moved, under the path they had, before something else happens to their names.</summary>
internal sealed unsafe class Backup(FolderHandle root, OpenFolders open)
{
    private const uint OwnersAlone = 0x1C0;

    /// <summary>The open folder.</summary>
    internal FolderHandle Root => root;

    /// <summary>Moves an entry. A backup of the same name is replaced by it.</summary>
    /// <param name="place">The folder of the destination that it stands in.</param>
    /// <param name="folder">The same, open.</param>
    /// <param name="name">Its name, ending with NUL.</param>
    /// <param name="mayStay">Whether it may keep its name as well, because something is about to take that in one step: then there is no instant at which nothing has the name.</param>
    internal Fault Take(FolderPlace place, int folder, byte* name, bool mayStay = false)
    {
        int opened = OpenWay(place);
        if (opened < 0)
            return Fault.OfRemoval("cannot create its folder in the backup", opened);
        using var inside = new FileDescriptor(opened);
        if (mayStay && IsLinked(folder, opened, name))
            return default;
        int result = Kernel.Rename(folder, name, opened, name);
        // A folder of an earlier backup stands there.
        if (result is -Errno.NotEmpty or -Errno.Exists or -Errno.IsFolder or -Errno.NotFolder)
        {
            Fault fault = RemoveOld(opened, name);
            if (!fault.IsNone)
                return fault;
            result = Kernel.Rename(folder, name, opened, name);
        }

        return result < 0 ? Fault.OfRemoval("cannot move what is there into the backup", result) : default;
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

    /// <summary>Not all file systems have hard links, and not every user may make one to every file.</summary>
    private static bool IsLinked(int folder, int backup, byte* name)
    {
        int result = Kernel.Link(folder, name, backup, name);
        return result == 0 || (result == -Errno.Exists && RemoveOld(backup, name).IsNone && Kernel.Link(folder, name, backup, name) == 0);
    }

    private static Fault RemoveOld(int folder, byte* name) =>
        Kernel.RemoveFile(folder, name) == 0 ? default : TreeRemoval.Remove(folder, name, budget: null, out _);

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
