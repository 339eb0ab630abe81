using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Walking;

/// <summary>One entry in an <see cref="EntryBlock"/> (<c>struct linux_dirent64</c>).</summary>
internal readonly unsafe ref struct FolderEntry
{
    private const int LengthOffset = 16;
    private const int KindOffset = 18;
    private const int NameOffset = 19;

    private readonly byte* _entry;

    private FolderEntry(byte* entry) => _entry = entry;

    /// <summary>The kind as the folder has it; <see cref="FileKind.Unknown"/> where the file system does not say.</summary>
    internal FileKind Kind => (FileKind)_entry[KindOffset];

    /// <summary>The name, ending with NUL.</summary>
    internal byte* Name => _entry + NameOffset;

    internal ReadOnlySpan<byte> NameBytes => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(Name);

    /// <summary>Takes the entry at <paramref name="offset"/> and moves the offset behind it.</summary>
    internal static FolderEntry Next(EntryBlock block, ref int offset)
    {
        byte* entry = block.Start + offset;
        offset += Unsafe.ReadUnaligned<ushort>(entry + LengthOffset);
        return new FolderEntry(entry);
    }

    /// <summary>Whether it is the folder itself or its parent.</summary>
    internal bool IsDots => Name[0] == '.' && (Name[1] == 0 || (Name[1] == '.' && Name[2] == 0));
}
