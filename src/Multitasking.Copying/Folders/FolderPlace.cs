using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Folders;

/// <summary>
/// Where a folder is: its parent and its name there. Its descriptor may be open or not; <see cref="OpenFolders"/> opens it again
/// when it is needed, step by step from the nearest open parent, so neither depth nor the length of a path has a limit.
/// </summary>
internal sealed class FolderPlace
{
    /// <summary>A folder that stays open for the whole run.</summary>
    internal FolderPlace(FolderHandle root, FileIdentity identity)
    {
        Name = [0];
        Handle = root;
        Identity = identity;
        Pins = 1;
    }

    /// <summary>A folder inside another one; the name ends with NUL.</summary>
    internal FolderPlace(FolderPlace parent, byte[] name)
    {
        Parent = parent;
        Name = name;
        Flags = parent.Flags;
    }

    /// <summary>How it is opened; what is inside it is opened in the same way.</summary>
    internal int Flags { get; init; } = OpenFlags.Folder;

    internal FolderPlace? Parent { get; }

    /// <summary>The name in the parent, ending with NUL.</summary>
    internal byte[] Name { get; }

    /// <summary>Which folder it was when it was first opened; anything else under its name later is refused.</summary>
    internal FileIdentity Identity { get; set; }

    // What follows belongs to OpenFolders and is guarded by its lock.
    internal FolderHandle? Handle { get; set; }

    internal int Pins { get; set; }

    internal FolderPlace? Older { get; set; }

    internal FolderPlace? Newer { get; set; }

    /// <summary>
    /// Whether it is a folder that it stands in, as a followed link may make it. The way up is as long as the tree is deep, which is paid only where links are followed.
    /// </summary>
    internal bool LeadsBack()
    {
        for (FolderPlace? above = Parent; above is not null; above = above.Parent)
            if (above.Identity == Identity)
                return true;
        return false;
    }
}
