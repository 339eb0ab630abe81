using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Multitasking.Fuse.Protocol;

/// <summary>The answer to one request, built part by part in a buffer that is used again.</summary>
internal sealed class Reply
{
    private static readonly int s_header = Unsafe.SizeOf<ReplyHeader>();

    private readonly byte[] _buffer;
    private int _length;

    /// <param name="largest">The bytes of the largest answer.</param>
    internal Reply(int largest) => _buffer = new byte[s_header + largest];

    /// <summary>Begins anew.</summary>
    internal void Clear() => _length = s_header;

    internal int BodyLength => _length - s_header;

    internal void Add<T>(in T part) where T : unmanaged => Add(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in part)));

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Adds zeros up to a multiple of eight bytes.</summary>
    internal void Align()
    {
        int aligned = s_header + (BodyLength + 7) / 8 * 8;
        _buffer.AsSpan(_length, aligned - _length).Clear();
        _length = aligned;
    }

    /// <summary>The whole message. An error has no body.</summary>
    internal ReadOnlySpan<byte> Finish(ulong unique, FuseError error)
    {
        if (error != FuseError.None)
            Clear();
        MemoryMarshal.Write(_buffer, new ReplyHeader { Length = (uint)_length, Error = -(int)error, Unique = unique });
        return _buffer.AsSpan(0, _length);
    }
}
