using System.Diagnostics;
using Multitasking.Interop;

namespace Multitasking.Transport;

/// <summary>The worker's end of the ring of tasks: messages of a length and so many bytes, waited for by looking a while and then sleeping.</summary>
/// <param name="ring">The ring.</param>
/// <param name="spinTime">How long to look, in microseconds; the pool knows whether a processor is free.</param>
/// <param name="bell">Wakes the pool when it waits for room.</param>
internal sealed unsafe class TaskStream(Ring ring, int* spinTime, WorkerBell bell) : IByteSource
{
    // Longer messages are read while they arrive.
    private const int LargestWhole = 256 << 10;

    private readonly RingReader _reader = new(ring);
    private byte[] _buffer = new byte[4096];

    /// <summary>Whether there is no message at this moment.</summary>
    internal bool IsEmpty => _reader.Available() == 0;

    /// <summary>Waits for the next message.</summary>
    /// <param name="message">Begins it.</param>
    internal void Next(ByteReader message)
    {
        int length = 0;
        Fill(new Span<byte>(&length, sizeof(int)));
        int here = length <= LargestWhole ? length : 4096;
        if (_buffer.Length < here)
            _buffer = new byte[here];
        Fill(_buffer.AsSpan(0, here));
        if (here == length)
            message.Reset(_buffer.AsMemory(0, length));
        else
            message.Reset(_buffer.AsMemory(0, here), this, length - here);
    }

    /// <inheritdoc/>
    public void Fill(Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            int available = _reader.Available();
            if (available == 0)
            {
                Wait();
                continue;
            }
            int piece = Math.Min(available, Math.Min(destination.Length, ring.Capacity / 4));
            _reader.Peek(destination[..piece]);
            _reader.Release(piece);
            destination = destination[piece..];
            TellOfRoom();
        }
    }

    private void TellOfRoom()
    {
        // Between the head that was published and the flag that is read.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref *ring.WriterSleeps) == 0 || Interlocked.Exchange(ref *ring.WriterSleeps, 0) == 0)
            return;
        bell.Ring();
    }

    private void Wait()
    {
        long end = Stopwatch.GetTimestamp() + (Volatile.Read(ref *spinTime) * Stopwatch.Frequency / 1_000_000);
        do
        {
            for (int i = 0; i < 20; i++)
            {
                if (_reader.Available() > 0)
                    return;
                Thread.SpinWait(3);
            }
        }
        while (Stopwatch.GetTimestamp() < end);
        Volatile.Write(ref *ring.ReaderSleeps, 1);
        Interlocked.MemoryBarrier();
        if (_reader.Available() == 0)
            Futex.Wait(ring.ReaderSleeps, 1);
        Volatile.Write(ref *ring.ReaderSleeps, 0);
    }
}
