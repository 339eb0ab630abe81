using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Transport;

/// <summary>
/// The sending half of a parent's link. It never blocks: what the socket does not take at once waits here until
/// <see cref="Flush"/>, so that a child that does not read cannot stop its parent.
/// </summary>
/// <remarks>Safe for use from several threads; frames leave whole and in the order of the calls.</remarks>
internal sealed class FrameSink(SafeDescriptor socket)
{
    private readonly Lock _lock = new();
    private readonly Queue<ReadOnlyMemory<byte>> _waiting = new();
    private int _sentOfFirst;
    private bool _broken;

    /// <summary>Whether something waits for room in the socket.</summary>
    internal bool HasWaiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count > 0;
        }
    }

    /// <summary>Sends or keeps the frame.</summary>
    /// <returns>Whether all of it left.</returns>
    internal bool Send(ReadOnlyMemory<byte> frame)
    {
        lock (_lock)
        {
            if (_broken)
                return true;
            _waiting.Enqueue(frame);
            return _waiting.Count == 1 && Drain();
        }
    }

    /// <summary>Nothing is sent any more: the descriptor is about to be closed, and its number may become somebody else's.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            _broken = true;
            _waiting.Clear();
        }
    }

    /// <summary>Sends what waits, as far as the socket takes it.</summary>
    internal void Flush()
    {
        lock (_lock)
            Drain();
    }

    private bool Drain()
    {
        while (_waiting.TryPeek(out var frame))
        {
            int sent = TrySend(frame.Span[_sentOfFirst..]);
            if (sent < 0)
            {
                // The child is gone; its exit status says why, and nothing that waits here can matter any more.
                _broken = true;
                _waiting.Clear();
                return true;
            }
            _sentOfFirst += sent;
            if (_sentOfFirst < frame.Length)
                return false;
            _waiting.Dequeue();
            _sentOfFirst = 0;
        }
        return true;
    }

    private unsafe int TrySend(ReadOnlySpan<byte> bytes)
    {
        int sent = 0;
        fixed (byte* start = bytes)
            while (sent < bytes.Length)
            {
                nint n = LibC.Send(socket.Number, start + sent, (nuint)(bytes.Length - sent), MSG_DONTWAIT | MSG_NOSIGNAL);
                if (n >= 0)
                    sent += (int)n;
                else if (SystemError.Last == EAGAIN)
                    return sent;
                else if (SystemError.Last != EINTR)
                    return -1;
            }
        return sent;
    }
}
