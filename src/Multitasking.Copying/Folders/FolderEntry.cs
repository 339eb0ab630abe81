using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Folders;

/// <summary>
/// One entry of a folder, in a buffer as the kernel wrote it (<c>struct linux_dirent64</c>). The name is used where it lies, so an entry
/// costs no memory of its own.
/// </summary>
internal readonly unsafe ref struct FolderEntry
{
    /// <summary>The longest record there is: a name of 255 bytes.</summary>
    internal const int MaxLength = 280;

    private const int PositionOffset = 8;
    private const int LengthOffset = 16;
    private const int KindOffset = 18;
    private const int NameOffset = 19;

    private readonly byte* _entry;

    internal FolderEntry(byte* entry) => _entry = entry;

    /// <summary>The kind as the folder has it; <see cref="FileKind.Unknown"/> where the file system does not say.</summary>
    internal FileKind Kind
    {
        get => (FileKind)_entry[KindOffset];
        set => _entry[KindOffset] = (byte)value;
    }

    internal ulong Inode
    {
        get => Unsafe.ReadUnaligned<ulong>(_entry);
        set => Unsafe.WriteUnaligned(_entry, value);
    }

    /// <summary>On the way to a worker process: whether nothing was in its place. The inode is of no use there.</summary>
    internal bool MustBeNew
    {
        get => Inode == 0;
        set => Inode = value ? 0UL : 1;
    }

    /// <summary>Whether it is not to be copied: the folder or its parent, or left out by a rule.</summary>
    internal bool IsLeftOut => IsDots || Kind == FileKind.LeftOut;

    /// <summary>Where the folder goes on behind this entry, for <c>lseek</c>.</summary>
    internal long NextPosition => Unsafe.ReadUnaligned<long>(_entry + PositionOffset);

    /// <summary>The length of the record.</summary>
    internal int Length => Unsafe.ReadUnaligned<ushort>(_entry + LengthOffset);

    /// <summary>The name, ending with NUL.</summary>
    internal byte* Name => _entry + NameOffset;

    internal ReadOnlySpan<byte> NameBytes => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(Name);

    /// <summary>The whole record.</summary>
    internal ReadOnlySpan<byte> Record => new(_entry, Length);

    /// <summary>Whether it is the folder itself or its parent.</summary>
    internal bool IsDots => Name[0] == '.' && (Name[1] == 0 || (Name[1] == '.' && Name[2] == 0));

    /// <summary>Writes a record of our own.</summary>
    /// <returns>Its length.</returns>
    internal static int Write(Span<byte> target, ReadOnlySpan<byte> name, FileKind kind)
    {
        int length = (NameOffset + name.Length + 1 + 7) & ~7;
        target[..length].Clear();
        MemoryMarshal.Write(target[LengthOffset..], (ushort)length);
        target[KindOffset] = (byte)kind;
        name.CopyTo(target[NameOffset..]);
        return length;
    }
}
