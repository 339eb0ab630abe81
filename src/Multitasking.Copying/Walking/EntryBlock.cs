using System.Runtime.CompilerServices;
using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Walking;

/// <summary>A buffer of a folder's entries, from which several workers take one entry after the other.</summary>
internal sealed unsafe class EntryBlock
{
    internal const int Size = 32 * 1024;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(Size, pinned: true);
    private int _next;

    /// <summary>The folder that the entries are of.</summary>
    internal TreeFolder Folder { get; set; } = null!;

    /// <summary>How many workers hold it. Guarded by the queue's lock.</summary>
    internal int Users { get; set; }

    internal int Length { get; private set; }

    internal bool IsExhausted => Volatile.Read(ref _next) >= Length;

    /// <summary>The first byte; the array is pinned for its whole life.</summary>
    private byte* Start => (byte*)Unsafe.AsPointer(ref _buffer[0]);

    internal void Clear() => Length = _next = 0;

    /// <summary>Reads on in a folder, until the block is full or the folder ends.</summary>
    /// <param name="folder">The descriptor.</param>
    /// <param name="ended">Whether the folder has no more entries.</param>
    /// <returns>Zero, or minus the error number; what was read before is there in any case.</returns>
    internal int Fill(int folder, out bool ended)
    {
        ended = false;
        while (Size - Length >= FolderEntry.MaxLength)
        {
            int read = Kernel.ReadEntries(folder, Start + Length, Size - Length);
            if (read <= 0)
            {
                ended = true;
                return read;
            }

            Length += read;
        }

        return 0;
    }

    /// <summary>Adds an entry by hand.</summary>
    /// <returns>Whether there was room for it.</returns>
    internal bool TryAdd(ReadOnlySpan<byte> name, FileKind kind)
    {
        if (Size - Length < FolderEntry.MaxLength)
            return false;
        Length += FolderEntry.Write(_buffer.AsSpan(Length), name, kind);
        return true;
    }

    /// <summary>Looks at the entry at <paramref name="offset"/> without taking it, and moves the offset behind it.</summary>
    internal FolderEntry Look(ref int offset)
    {
        var entry = new FolderEntry(Start + offset);
        offset += entry.Length;
        return entry;
    }

    /// <summary>Takes the next entry for the caller alone.</summary>
    internal bool TryTake(out FolderEntry entry)
    {
        int offset = Volatile.Read(ref _next);
        while (offset < Length)
        {
            entry = new FolderEntry(Start + offset);
            int seen = Interlocked.CompareExchange(ref _next, offset + entry.Length, offset);
            if (seen == offset)
                return true;
            offset = seen;
        }

        entry = default;
        return false;
    }
}
