using System.Runtime.InteropServices;

namespace Multitasking.Fuse.Protocol;

// The bodies of requests, as linux/fuse.h has them; a name, where there is one, follows them.

/// <summary><c>fuse_init_in</c>, as far as it is read.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InitializeBody
{
    internal uint Major;
    internal uint Minor;
    internal uint ReadAhead;
    internal uint Flags;
}

/// <summary><c>fuse_forget_in</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ForgetBody
{
    internal ulong Lookups;
}

/// <summary><c>fuse_batch_forget_in</c>; so many <see cref="ForgottenNode"/> follow.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ForgetManyBody
{
    internal uint Count;
    internal uint Padding;
}

/// <summary><c>fuse_forget_one</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ForgottenNode
{
    internal ulong Node;
    internal ulong Lookups;
}

/// <summary><c>fuse_setattr_in</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SetAttributesBody
{
    internal AttributeMask Valid;
    internal uint Padding;
    internal ulong Handle;
    internal ulong Size;
    internal ulong LockOwner;
    internal ulong AccessSeconds;
    internal ulong ModifySeconds;
    internal ulong ChangeSeconds;
    internal uint AccessNanoseconds;
    internal uint ModifyNanoseconds;
    internal uint ChangeNanoseconds;
    internal uint Mode;
    internal uint Unused4;
    internal uint User;
    internal uint Group;
    internal uint Unused5;
}

/// <summary><c>FATTR_*</c>.</summary>
[Flags]
internal enum AttributeMask : uint
{
    Mode = 1 << 0,
    User = 1 << 1,
    Group = 1 << 2,
    Size = 1 << 3,
    AccessTime = 1 << 4,
    ModifyTime = 1 << 5,
    AccessTimeNow = 1 << 7,
    ModifyTimeNow = 1 << 8,
}

/// <summary><c>fuse_mknod_in</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MakeNodeBody
{
    internal uint Mode;
    internal uint Device;
    internal uint Mask;
    internal uint Padding;
}

/// <summary><c>fuse_mkdir_in</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MakeFolderBody
{
    internal uint Mode;
    internal uint Mask;
}

/// <summary><c>fuse_rename_in</c>; two names follow.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RenameBody
{
    internal ulong NewFolder;
}

/// <summary><c>fuse_rename2_in</c>; two names follow.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RenameWithFlagsBody
{
    internal ulong NewFolder;
    internal uint Flags;
    internal uint Padding;
}

/// <summary><c>fuse_link_in</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LinkBody
{
    internal ulong OldNode;
}

/// <summary><c>fuse_create_in</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CreateBody
{
    internal uint Flags;
    internal uint Mode;
    internal uint Mask;
    internal uint OpenFlags;
}

/// <summary><c>fuse_read_in</c> and <c>fuse_write_in</c>, which have the same fields; the bytes to write follow.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TransferBody
{
    internal ulong Handle;
    internal ulong Offset;
    internal uint Size;
    internal uint TransferFlags;
    internal ulong LockOwner;
    internal uint Flags;
    internal uint Padding;
}
