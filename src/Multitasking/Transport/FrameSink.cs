using System.ComponentModel;
using System.Diagnostics;
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
    private bool _isClosed;
    private Shortage _shortage;
    private bool _isStalled;
    private bool _isRefused;
    private Win32Exception? _failure;

    /// <summary>Tells whether something waits for room in the socket.</summary>
    internal bool HasWaiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count > 0 && !_isStalled;
        }
    }

    /// <summary>
    /// Tells whether the system lacked the memory for it: it is to be flushed again in a moment, of which <c>poll</c> does not tell.
    /// </summary>
    internal bool IsStalled
    {
        get
        {
            lock (_lock)
                return _isStalled;
        }
    }

    /// <summary>Why nothing can be sent any more, though the other side is there.</summary>
    internal Win32Exception? Failure
    {
        get
        {
            lock (_lock)
                return _failure;
        }
    }

    /// <summary>
    /// Tells once that the other side takes nothing any more: it has ended, or has shut its end for reading and may live on.
    /// </summary>
    internal bool TakeRefusal()
    {
        lock (_lock)
        {
            bool isRefused = _isRefused;
            _isRefused = false;
            return isRefused;
        }
    }

    /// <summary>Sends or keeps the frame.</summary>
    /// <returns>Whether all of it left, so that nothing has to be looked at.</returns>
    internal bool Send(ReadOnlyMemory<byte> frame)
    {
        lock (_lock)
        {
            if (_isClosed)
                return true;
            _waiting.Enqueue(frame);
            return _waiting.Count == 1 && Drain();
        }
    }

    /// <summary>Nothing is sent any more: the descriptor is about to be closed, and its number may become somebody else's.</summary>
    internal void Close()
    {
        lock (_lock)
            CloseCore();
    }

    /// <summary>Sends what waits, as far as the socket takes it.</summary>
    internal void Flush()
    {
        lock (_lock)
            Drain();
    }

    private void CloseCore()
    {
        Debug.Assert(_lock.IsHeldByCurrentThread);
        _isClosed = true;
        _isStalled = false;
        _waiting.Clear();
    }

    private bool Drain()
    {
        Debug.Assert(_lock.IsHeldByCurrentThread);
        _isStalled = false;
        while (_waiting.TryPeek(out var frame))
        {
            int error = TrySend(frame.Span[_sentOfFirst..], out int sent);
            _sentOfFirst += sent;
            if (error != 0)
            {
                NoteFailure(error);
                return false;
            }
            _waiting.Dequeue();
            _sentOfFirst = 0;
            _shortage.End();
        }
        return true;
    }

    /// <summary>Notes what is to become of what waits.</summary>
    private void NoteFailure(int error)
    {
        if (error == EAGAIN)
        {
            _shortage.End();
            return;
        }
        if (SystemError.IsPassing(error) && _shortage.IsBorne())
        {
            _isStalled = true;
            return;
        }
        CloseCore();
        // As a rule the child is gone, and its exit status says why.
        if (error is EPIPE or ECONNRESET)
            _isRefused = true;
        else
            _failure = SystemError.From("send", error);
    }

    /// <returns>0 when all was sent, or the error that ended it.</returns>
    private unsafe int TrySend(ReadOnlySpan<byte> bytes, out int sent)
    {
        sent = 0;
        fixed (byte* start = bytes)
            while (sent < bytes.Length)
            {
                nint n = LibC.Send(socket.Number, start + sent, (nuint)(bytes.Length - sent), MSG_DONTWAIT | MSG_NOSIGNAL);
                if (n >= 0)
                    sent += (int)n;
                else if (SystemError.Last is not EINTR and var error)
                    return error;
            }
        return 0;
    }
}
