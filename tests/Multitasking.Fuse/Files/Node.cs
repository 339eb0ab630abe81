using System.Diagnostics;
using Multitasking.Fuse.Protocol;

namespace Multitasking.Fuse.Files;

/// <summary>A file, folder, link or special file in memory: what its inode would be on a disk.</summary>
internal sealed class Node(ulong id, uint mode)
{
    internal const uint TypeMask = 0xF000;
    internal const uint FolderType = 0x4000;
    internal const uint FileType = 0x8000;
    internal const uint LinkType = 0xA000;
    internal const uint PermissionMask = 0x0FFF;
    internal const uint SetGroup = 0x0400;

    private const int BytesOfBlock = 512;

    /// <summary>Its number, which is never given again.</summary>
    internal ulong Id { get; } = id;

    internal uint Mode { get; set; } = mode;

    internal uint Links { get; set; } = 1;

    internal uint User { get; set; }

    internal uint Group { get; set; }

    internal uint Device { get; init; }

    internal FileTime Accessed { get; set; } = FileTime.Now;

    internal FileTime Modified { get; set; } = FileTime.Now;

    internal FileTime Changed { get; set; } = FileTime.Now;

    /// <summary>The last part of the path it was last found by: what rules name it by.</summary>
    internal string Name { get; set; } = "";

    /// <summary>How often the kernel was told of it and has not forgotten it: it may still ask for it.</summary>
    internal ulong Lookups { get; set; }

    /// <summary>The entries of a folder.</summary>
    internal Entries? Entries { get; init; }

    /// <summary>The contents of a file, or the target of a link.</summary>
    internal Contents Contents { get; } = new();

    internal bool IsFolder => (Mode & TypeMask) == FolderType;

    internal bool IsUsed => Links > 0 || Lookups > 0;

    internal void Touch() => Modified = Changed = FileTime.Now;

    internal void Forget(ulong lookups)
    {
        Debug.Assert(lookups <= Lookups);
        Lookups -= lookups;
    }

    internal NodeAttributes Attributes => new()
    {
        Node = Id,
        Size = (ulong)Contents.Length,
        Blocks = (ulong)((Contents.Length + BytesOfBlock - 1) / BytesOfBlock),
        AccessSeconds = Accessed.Seconds,
        AccessNanoseconds = Accessed.Nanoseconds,
        ModifySeconds = Modified.Seconds,
        ModifyNanoseconds = Modified.Nanoseconds,
        ChangeSeconds = Changed.Seconds,
        ChangeNanoseconds = Changed.Nanoseconds,
        Mode = Mode,
        Links = Links,
        User = User,
        Group = Group,
        Device = Device,
        BlockSize = 4096,
    };
}
