using System.Buffers.Binary;
using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Transport;

/// <summary>The receiving half of a parent's link: puts frames together from what has arrived, and never waits for more.</summary>
/// <remarks>Memory follows what was received, not what a header claims, so a lying child cannot make its parent allocate.</remarks>
internal sealed class FrameSource(SafeDescriptor socket)
{
    private const int FirstStep = 64 << 10;

    private readonly byte[] _header = new byte[ByteWriter.HeaderSize];
    private int _headerCount;
    private byte[] _payload = [];
    private int _payloadCount;
    private int _length;

    /// <summary>Hands on each frame that is complete, but not more than <paramref name="limit"/> of them.</summary>
    /// <param name="onFrame">Takes a frame.</param>
    /// <param name="limit">How many frames at most.</param>
    /// <returns><see langword="false"/> when the other side has closed its end: there will be no further frame.</returns>
    /// <exception cref="InvalidDataException">What arrived is not a frame.</exception>
    internal bool Receive(Action<FrameKind, ReadOnlyMemory<byte>> onFrame, int limit)
    {
        while (true)
        {
            bool inHeader = _headerCount < _header.Length;
            int received = inHeader
                ? TryReceive(_header.AsSpan(_headerCount))
                : TryReceive(RoomForPayload());
            if (received <= 0)
                return received < 0;
            if (inHeader)
            {
                _headerCount += received;
                if (_headerCount == _header.Length)
                    BeginPayload();
            }
            else
            {
                _payloadCount += received;
            }
            if (_headerCount < _header.Length || _payloadCount < _length)
                continue;
            Complete(onFrame);
            if (--limit == 0)
                return true;
        }
    }

    private void BeginPayload()
    {
        _length = BinaryPrimitives.ReadInt32LittleEndian(_header);
        if (_length < 0 || _length > Array.MaxLength)
            throw ByteReader.Malformed($"a frame of {(uint)_length} bytes");
        _payload = new byte[Math.Min(_length, FirstStep)];
    }

    private Span<byte> RoomForPayload()
    {
        if (_payloadCount == _payload.Length)
            Array.Resize(ref _payload, (int)Math.Min(_length, _payload.Length * 2L));
        return _payload.AsSpan(_payloadCount);
    }

    private void Complete(Action<FrameKind, ReadOnlyMemory<byte>> onFrame)
    {
        var payload = _payload.AsMemory(0, _payloadCount);
        _headerCount = _payloadCount = _length = 0;
        _payload = [];
        onFrame((FrameKind)_header[4], payload);
    }

    /// <returns>The count, 0 at the end of the stream, -1 when nothing is there yet.</returns>
    private unsafe int TryReceive(Span<byte> room)
    {
        fixed (byte* start = room)
            while (true)
            {
                nint n = LibC.Receive(socket.Number, start, (nuint)room.Length, MSG_DONTWAIT);
                if (n >= 0)
                    return (int)n;
                if (SystemError.Last == EAGAIN)
                    return -1;
                // A child that died with unread bytes in its end resets the connection: the end of the stream by another name.
                if (SystemError.Last == ECONNRESET)
                    return 0;
                if (SystemError.Last != EINTR)
                    throw SystemError.FromLast("recv");
            }
    }
}
