using System.Runtime.InteropServices;

namespace Multitasking.Fuse.Protocol;

// The parts of answers, as linux/fuse.h has them.

/// <summary><c>fuse_out_header</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ReplyHeader
{
    internal uint Length;
    internal int Error;
    internal ulong Unique;
}

/// <summary><c>fuse_init_out</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InitializeReply
{
    internal uint Major;
    internal uint Minor;
    internal uint ReadAhead;
    internal uint Flags;
    internal ushort MaxBackground;
    internal ushort CongestionThreshold;
    internal uint MaxWrite;
    internal uint TimeGranularity;
    internal ushort MaxPages;
    internal ushort MapAlignment;
    internal uint Flags2;
    private readonly uint _unused0, _unused1, _unused2, _unused3, _unused4, _unused5, _unused6;
}

/// <summary><c>fuse_attr</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NodeAttributes
{
    internal ulong Node;
    internal ulong Size;
    internal ulong Blocks;
    internal long AccessSeconds;
    internal long ModifySeconds;
    internal long ChangeSeconds;
    internal uint AccessNanoseconds;
    internal uint ModifyNanoseconds;
    internal uint ChangeNanoseconds;
    internal uint Mode;
    internal uint Links;
    internal uint User;
    internal uint Group;
    internal uint Device;
    internal uint BlockSize;
    internal uint Flags;
}

/// <summary><c>fuse_entry_out</c>. All times for which the kernel may remember it are zero: each request comes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EntryReply
{
    internal ulong Node;
    internal ulong Generation;
    internal ulong EntryValid;
    internal ulong AttributesValid;
    internal uint EntryValidNanoseconds;
    internal uint AttributesValidNanoseconds;
    internal NodeAttributes Attributes;
}

/// <summary><c>fuse_attr_out</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AttributesReply
{
    internal ulong Valid;
    internal uint ValidNanoseconds;
    internal uint Padding;
    internal NodeAttributes Attributes;
}

/// <summary><c>fuse_open_out</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OpenReply
{
    internal ulong Handle;
    internal uint Flags;
    internal uint Padding;
}

/// <summary><c>fuse_write_out</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WriteReply
{
    internal uint Size;
    internal uint Padding;
}

/// <summary><c>fuse_kstatfs</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FileSystemStatusReply
{
    internal ulong Blocks;
    internal ulong FreeBlocks;
    internal ulong AvailableBlocks;
    internal ulong Files;
    internal ulong FreeFiles;
    internal uint BlockSize;
    internal uint NameLength;
    internal uint FragmentSize;
    internal uint Padding;
    private readonly uint _spare0, _spare1, _spare2, _spare3, _spare4, _spare5;
}

/// <summary><c>fuse_dirent</c>; the name follows, and zeros up to a multiple of eight.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FolderEntryHeader
{
    internal ulong Node;
    internal ulong Offset;
    internal uint NameLength;
    internal uint Type;
}
