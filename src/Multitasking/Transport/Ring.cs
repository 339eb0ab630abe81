using System.Runtime.CompilerServices;

namespace Multitasking.Transport;

/// <summary>A ring of bytes in shared memory with one writer and one reader, and the words by which they wait for each other.</summary>
/// <remarks>
/// Positions count bytes since the beginning and never wrap; the place in the ring is their remainder. The writer alone writes <see cref="Tail"/>, after the bytes before it;
/// the reader alone writes <see cref="Head"/>, after it has copied what lies before it. These are release stores read by acquire loads, which is all that x64
/// and arm64 need here. Whoever goes to sleep first sets its flag, then looks once more, with a full fence in between; the other side publishes
/// first, then looks at the flag, with a full fence in between: so one of the two sees the other (Dekker's algorithm).
/// </remarks>
internal readonly unsafe struct Ring(byte* control, byte* data, int capacity)
{
    internal const int ControlSize = 256;

    // A cache line each, so that the two sides do not take one from each other for every byte.
    private const int TailOffset = 64, ReaderSleepsOffset = 128, WriterSleepsOffset = 192;

    internal int Capacity => capacity;

    /// <summary>How much has been read.</summary>
    internal long* Head => (long*)control;

    /// <summary>How much has been written.</summary>
    internal long* Tail => (long*)(control + TailOffset);

    /// <summary>Not 0 while the reader sleeps and wants to be woken: in which way, is the two sides' own agreement.</summary>
    internal int* ReaderSleeps => (int*)(control + ReaderSleepsOffset);

    /// <summary>1 while the writer waits for room and wants to be woken.</summary>
    internal int* WriterSleeps => (int*)(control + WriterSleepsOffset);

    internal void CopyIn(long position, ReadOnlySpan<byte> bytes)
    {
        int at = (int)(position & (capacity - 1)), before = Math.Min(bytes.Length, capacity - at);
        bytes[..before].CopyTo(new Span<byte>(data + at, before));
        bytes[before..].CopyTo(new Span<byte>(data, bytes.Length - before));
    }

    /// <summary>A tag and a value behind it: the shortest way for the most frequent of messages.</summary>
    internal void CopyIn<T>(long position, byte tag, T value)
    {
        int at = (int)(position & (capacity - 1));
        if (at + 1 + Unsafe.SizeOf<T>() <= capacity)
        {
            data[at] = tag;
            Unsafe.WriteUnaligned(data + at + 1, value);
            return;
        }
        CopyIn(position, [tag]);
        CopyIn(position + 1, new ReadOnlySpan<byte>(Unsafe.AsPointer(ref value), Unsafe.SizeOf<T>()));
    }

    internal void CopyOut(long position, Span<byte> destination)
    {
        int at = (int)(position & (capacity - 1)), before = Math.Min(destination.Length, capacity - at);
        new ReadOnlySpan<byte>(data + at, before).CopyTo(destination);
        new ReadOnlySpan<byte>(data, destination.Length - before).CopyTo(destination[before..]);
    }
}
