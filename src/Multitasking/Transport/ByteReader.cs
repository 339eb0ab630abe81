using System.Runtime.InteropServices;

namespace Multitasking.Transport;

/// <summary>
/// Reads one frame's payload. Whatever the bytes say, it never reads outside them nor takes memory for more than they hold.
/// </summary>
internal sealed class ByteReader
{
    // What is to come comes without being asked for, so waiting for more of it than is wanted now is no risk.
    private const int ReadAhead = 4096;

    // Names in it may be the other side's.
    private const int LongestReason = 1000;

    // An array rather than memory, which looks at what it is of each time.
    private byte[] _bytes = [];
    private int _at;
    private int _end;
    private IByteSource? _source;
    private int _beyond;
    private int _length;

    internal ByteReader()
    {
    }

    internal ByteReader(ReadOnlyMemory<byte> payload) => Reset(payload);

    internal int Length => _length;

    internal int Left => _end - _at + _beyond;

    /// <summary>How much has been read.</summary>
    internal int Position => _length - Left;

    /// <summary>Begins another payload.</summary>
    internal void Reset(ReadOnlyMemory<byte> payload)
    {
        var segment = MemoryMarshal.TryGetArray(payload, out var array) ? array : new ArraySegment<byte>(payload.ToArray());
        _bytes = segment.Array ?? [];
        _at = segment.Offset;
        _end = segment.Offset + segment.Count;
        _length = segment.Count;
        _source = null;
        _beyond = 0;
    }

    /// <summary>Begins a payload of which a part is still to come.</summary>
    internal void Reset(ReadOnlyMemory<byte> beginning, IByteSource source, int beyond)
    {
        Reset(beginning);
        _source = source;
        _beyond = beyond;
        _length += beyond;
    }

    /// <summary>Goes on at a place that lies behind this one.</summary>
    internal void SkipTo(int position) => Take(position - Position);

    /// <summary>Takes away what nobody read, so that the source stands at what follows.</summary>
    internal void SkipRest()
    {
        Span<byte> scratch = stackalloc byte[4096];
        while (_beyond > 0)
        {
            int piece = Math.Min(_beyond, scratch.Length);
            _source!.Fill(scratch[..piece]);
            _beyond -= piece;
        }
        _at = _end;
    }

    internal byte ReadByte()
    {
        int at = _at;
        if (at >= _end)
            return Take(1)[0];
        _at = at + 1;
        return _bytes[at];
    }

    internal int ReadNumber()
    {
        uint value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            byte part = ReadByte();
            value |= (uint)(part & 0x7F) << shift;
            if (part < 0x80)
                return (int)value;
        }
        throw Malformed("a number of more than five bytes");
    }

    /// <summary>A count of things that each take at least <paramref name="sizeOfEach"/> bytes of what is left.</summary>
    internal int ReadCount(int sizeOfEach = 1)
    {
        int count = ReadNumber();
        if (count < 0 || (long)count * sizeOfEach > Left)
            throw Malformed($"a count of {count} with {Left} bytes left");
        return count;
    }

    internal unsafe string ReadText()
    {
        int length = ReadCount(sizeof(char));
        fixed (byte* first = Take(length * sizeof(char)))
            return new string((char*)first, 0, length);
    }

    /// <summary>The next bytes, valid until the next call.</summary>
    internal ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)Left)
            throw Malformed($"{count} bytes wanted and {Left} left");
        if (count > _end - _at)
            Gather(count);
        var span = _bytes.AsSpan(_at, count);
        _at += count;
        return span;
    }

    /// <summary>Fills memory with the next bytes; what has not arrived yet goes there without a detour.</summary>
    internal void ReadInto(Span<byte> destination)
    {
        if (destination.Length > Left)
            throw Malformed($"{destination.Length} bytes wanted and {Left} left");
        int here = Math.Min(destination.Length, _end - _at);
        _bytes.AsSpan(_at, here).CopyTo(destination);
        _at += here;
        if (here == destination.Length)
            return;
        _source!.Fill(destination[here..]);
        _beyond -= destination.Length - here;
    }

    internal static InvalidDataException Malformed(string what, Exception? inner = null) =>
        new($"The message from the other process is malformed: {(what.Length > LongestReason ? what[..LongestReason] + "…" : what)}.", inner);

    /// <summary>Brings the next bytes together in one place, and with them as many as cost no more.</summary>
    private void Gather(int count)
    {
        int here = _end - _at, all = Math.Max(count, Math.Min(Left, ReadAhead));
        byte[] gathered = GC.AllocateUninitializedArray<byte>(all);
        _bytes.AsSpan(_at, here).CopyTo(gathered);
        _source!.Fill(gathered.AsSpan(here));
        _beyond -= all - here;
        _bytes = gathered;
        _at = 0;
        _end = all;
    }
}
