using System.Runtime.CompilerServices;
using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Folders;

/// <summary>A buffer of a folder's entries, from which several workers take one entry after the other.</summary>
internal unsafe class EntryBlock
{
    /// <summary>Some two to four thousand entries: a folder of that many is read in one call, and a larger one in few.</summary>
    internal const int Size = 128 * 1024;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(Size, pinned: true);
    private int[] _order = [];
    private ulong[] _inodes = [];
    private bool _isOrdered;
    private int _count;
    private int _next;

    internal int Length { get; private set; }

    internal bool IsExhausted => Volatile.Read(ref _next) >= (_isOrdered ? _count : Length);

    /// <summary>The first byte; the array is pinned for its whole life.</summary>
    private byte* Start => (byte*)Unsafe.AsPointer(ref _buffer[0]);

    internal void Clear()
    {
        Length = _next = 0;
        _isOrdered = false;
    }

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

    /// <summary>
    /// Has the entries taken in the order of their inodes from now on: on most file systems with tables of inodes the data lies in that order too, while a folder's own
    /// order is that of a hash.
    /// </summary>
    internal void OrderByInode()
    {
        _count = 0;
        for (int offset = 0; offset < Length; _count++)
        {
            if (_count == _order.Length)
            {
                Array.Resize(ref _order, Math.Max(256, 2 * _count));
                Array.Resize(ref _inodes, _order.Length);
            }

            _order[_count] = offset;
            _inodes[_count] = Look(ref offset).Inode;
        }

        Array.Sort(_inodes, _order, 0, _count);
        _isOrdered = true;
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
    internal bool TryTake(out FolderEntry entry) => _isOrdered ? TryTakeOrdered(out entry) : TryTakeNext(out entry);

    private bool TryTakeNext(out FolderEntry entry)
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

    private bool TryTakeOrdered(out FolderEntry entry)
    {
        entry = default;
        if (Volatile.Read(ref _next) >= _count)
            return false;
        int index = Interlocked.Increment(ref _next) - 1;
        if (index >= _count)
            return false;
        entry = new FolderEntry(Start + _order[index]);
        return true;
    }
}
