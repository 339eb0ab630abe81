using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Multitasking.Transport;

/// <summary>Builds one frame in one growing block; the header's room is kept free at its front.</summary>
internal sealed class ByteWriter : IBufferWriter<byte>
{
    internal const int HeaderSize = 5;

    private const int SmallestMade = 512;
    // Twice the ring between a pool and its worker: when all of it has been sent, the worker has begun to read it.
    private const int SmallestBorrowed = 512 << 10;

    // Memory for messages that come one after the other; beyond the first it is kept only for those that use it, beyond the second never.
    private const int LargestKeptIdle = 1 << 16, LargestKept = 1 << 24;

    private byte[] _buffer = new byte[SmallestMade];
    private int _count = HeaderSize;
    private List<(int Before, MessagePart Part)>? _borrowed;

    internal int PayloadLength => _count - HeaderSize;

    /// <summary>Tells whether a large array may be referred to rather than copied.</summary>
    internal bool MayBorrow { get; set; }

    /// <summary>The arrays that were referred to, and before which byte of <see cref="Payload"/> each belongs.</summary>
    internal IReadOnlyList<(int Before, MessagePart Part)> Borrowed => _borrowed ?? (IReadOnlyList<(int Before, MessagePart Part)>)[];

    /// <summary>What was written so far; valid until the next write.</summary>
    internal ReadOnlySpan<byte> Payload => _buffer.AsSpan(HeaderSize, PayloadLength);

    /// <summary>Begins anew in the same memory, unless a message grew it that was larger than those since.</summary>
    internal void Reset()
    {
        if (_buffer.Length > LargestKeptIdle && (_count < _buffer.Length / 4 || _buffer.Length > LargestKept))
            _buffer = new byte[SmallestMade];
        _count = HeaderSize;
        _borrowed = null;
    }

    /// <summary>Forgets which arrays were referred to: this writer may live long.</summary>
    internal void LetGo() => _borrowed = null;

    /// <summary>Keeps room for a length that <see cref="EndLength"/> fills in.</summary>
    internal int BeginLength()
    {
        Reserve(sizeof(int));
        _count += sizeof(int);
        return _count;
    }

    /// <param name="start">What <see cref="BeginLength"/> returned.</param>
    internal void EndLength(int start) => BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(start - sizeof(int)), _count - start);

    internal void WriteByte(byte value)
    {
        byte[] buffer = _buffer;
        int count = _count;
        if ((uint)count >= (uint)buffer.Length)
        {
            Grow(1);
            buffer = _buffer;
        }
        buffer[count] = value;
        _count = count + 1;
    }

    /// <summary>Seven bits a byte, lowest first.</summary>
    internal void WriteNumber(int value)
    {
        if ((uint)value < 0x80)
        {
            WriteByte((byte)value);
            return;
        }
        Reserve(5);
        uint rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7)
            _buffer[_count++] = (byte)(rest | 0x80);
        _buffer[_count++] = (byte)rest;
    }

    /// <summary>UTF-16 as it is in memory: exact for any string, lone surrogates too.</summary>
    internal void WriteText(string value)
    {
        WriteNumber(value.Length);
        WriteBlock(MemoryMarshal.AsBytes(value.AsSpan()));
    }

    /// <summary>The elements of an array without references.</summary>
    internal void WriteArray(Array array, ReadOnlySpan<byte> contents)
    {
        if (MayBorrow && contents.Length >= SmallestBorrowed)
            (_borrowed ??= []).Add((PayloadLength, new MessagePart(array, 0, contents.Length)));
        else
            WriteBlock(contents);
    }

    internal void WriteBlock(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_count));
        _count += bytes.Length;
    }

    /// <summary>For serializers that write for themselves.</summary>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(_count);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_count);
    }

    public void Advance(int count) => _count += count;

    /// <summary>Forgets what was written after <paramref name="payloadLength"/>.</summary>
    internal void Truncate(int payloadLength) => _count = HeaderSize + payloadLength;

    /// <summary>The payload, with what was referred to, behind its length in 4 bytes.</summary>
    internal byte[] ToMessage()
    {
        long length = PayloadLength;
        foreach (var (_, part) in Borrowed)
            length += part.Length;
        if (length > Array.MaxLength - sizeof(int))
            throw TooLong(length);
        byte[] message = GC.AllocateUninitializedArray<byte>(sizeof(int) + (int)length);
        BinaryPrimitives.WriteInt32LittleEndian(message, (int)length);
        var rest = message.AsSpan(sizeof(int));
        int at = 0;
        foreach (var (before, part) in Borrowed)
        {
            Payload[at..before].CopyTo(rest);
            rest = rest[(before - at)..];
            part.Span.CopyTo(rest);
            rest = rest[part.Length..];
            at = before;
        }
        Payload[at..].CopyTo(rest);
        return message;
    }

    /// <summary>The frame, header included. The writer must not be used afterwards.</summary>
    internal ReadOnlyMemory<byte> ToFrame(FrameKind kind)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer, PayloadLength);
        _buffer[4] = (byte)kind;
        return _buffer.AsMemory(0, _count);
    }

    private void Reserve(int more)
    {
        if (_buffer.Length - _count < more)
            Grow(more);
    }

    private void Grow(int more)
    {
        long needed = (long)_count + more;
        if (needed > Array.MaxLength)
            throw TooLong(needed);
        byte[] wider = GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, Math.Max(needed, _buffer.Length * 2L)));
        _buffer.AsSpan(0, _count).CopyTo(wider);
        _buffer = wider;
    }

    private static InvalidOperationException TooLong(long bytes) =>
        new($"A message of {bytes:N0} bytes is more than the {Array.MaxLength:N0} that fit into one.");
}
