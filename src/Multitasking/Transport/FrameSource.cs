using System.Buffers.Binary;
using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Transport;

/// <summary>The receiving half of a parent's link: puts frames together from what has arrived, and never waits for more.</summary>
/// <remarks>Memory follows what was received, not what a header claims, so a lying child cannot make its parent allocate.</remarks>
internal sealed class FrameSource(SafeDescriptor socket)
{
    private const int FirstStep = 64 << 10;
    private const int Nothing = -1;
    private const int NoMemory = -2;

    private readonly byte[] _header = new byte[ByteWriter.HeaderSize];
    private int _headerCount;
    private byte[] _payload = [];
    private int _payloadCount;
    private int _length;

    /// <summary>Hands on the frames that are complete, until it is told to stop.</summary>
    /// <param name="onFrame">Takes a frame, and says whether to go on.</param>
    /// <exception cref="InvalidDataException">What arrived is not a frame.</exception>
    internal Received Receive(Func<FrameKind, ReadOnlyMemory<byte>, bool> onFrame)
    {
        while (true)
        {
            bool inHeader = _headerCount < _header.Length;
            int received = inHeader
                ? TryReceive(_header.AsSpan(_headerCount))
                : TryReceive(RoomForPayload());
            if (received <= 0)
                return received switch { 0 => Received.End, Nothing => Received.All, _ => Received.Stalled };
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
            if (!Complete(onFrame))
                return Received.Some;
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

    private bool Complete(Func<FrameKind, ReadOnlyMemory<byte>, bool> onFrame)
    {
        var payload = _payload.AsMemory(0, _payloadCount);
        _headerCount = _payloadCount = _length = 0;
        _payload = [];
        return onFrame((FrameKind)_header[4], payload);
    }

    /// <returns>The count, 0 at the end of the stream, or one of the two that are negative.</returns>
    private unsafe int TryReceive(Span<byte> room)
    {
        fixed (byte* start = room)
            while (true)
            {
                nint n = LibC.Receive(socket.Number, start, (nuint)room.Length, MSG_DONTWAIT);
                if (n >= 0)
                    return (int)n;
                int error = SystemError.Last;
                // A child that died with unread bytes in its end resets the connection: the end of the stream by another name.
                if (error == ECONNRESET)
                    return 0;
                if (!SystemError.IsPassing(error))
                    throw SystemError.From("recv", error);
                if (error != EINTR)
                    return error == EAGAIN ? Nothing : NoMemory;
            }
    }
}
