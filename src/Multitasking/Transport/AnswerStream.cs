using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multitasking.Interop;

namespace Multitasking.Transport;

/// <summary>The worker's end of the ring of answers: blocking, and lean where answers are small.</summary>
/// <param name="ring">The ring.</param>
/// <param name="bell">Wakes the pool.</param>
internal sealed unsafe class AnswerStream(Ring ring, WorkerBell bell)
{
    private const int SpinsForRoom = 100, LargestAtOnce = 4096;

    private readonly RingWriter _writer = new(ring);
    private int _unannounced;

    /// <summary>Held while something is written, where more than one thread of the worker may write.</summary>
    internal Lock Lock { get; } = new();

    /// <summary>Adds a tag and a few bytes, whose number the reader knows.</summary>
    internal void WriteFixed(byte tag, ReadOnlySpan<byte> value)
    {
        int length = 1 + value.Length;
        if (length > ring.Capacity / 2)
        {
            WaitForRoom(1);
            _writer.Add([tag]);
            WriteInPieces(value);
        }
        else
        {
            WaitForRoom(length);
            _writer.Add([tag]);
            _writer.Add(value);
            _writer.Publish();
        }
        _unannounced += length;
        if (_unannounced > ring.Capacity / 2)
            Announce();
    }

    /// <summary>Adds a tag and a value without references.</summary>
    internal void WriteValue<T>(byte tag, T value)
    {
        int length = 1 + Unsafe.SizeOf<T>();
        if (length > LargestAtOnce)
        {
            WriteFixed(tag, MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>())));
            return;
        }
        if (!_writer.HasRoom(length))
            WaitForRoom(length);
        _writer.Add(tag, value);
        _writer.Publish();
        _unannounced += length;
        if (_unannounced > ring.Capacity / 2)
            Announce();
    }

    /// <summary>Adds a tag, a length and so many bytes.</summary>
    internal void WriteSized(byte tag, ReadOnlySpan<byte> payload)
    {
        Span<byte> head = stackalloc byte[1 + sizeof(int)];
        head[0] = tag;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(head[1..], payload.Length);
        WaitForRoom(head.Length);
        _writer.Add(head);
        WriteInPieces(payload);
        _unannounced += payload.Length;
        if (_unannounced > ring.Capacity / 2)
            Announce();
    }

    /// <summary>Wakes the pool if it sleeps.</summary>
    internal void Announce()
    {
        _unannounced = 0;
        // Between the tail that was published and the flag that is read.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref *ring.ReaderSleeps) == 0)
            return;
        int how = Interlocked.Exchange(ref *ring.ReaderSleeps, 0);
        if (how == AnswerReader.SleepsOnWord)
            Futex.Wake(ring.ReaderSleeps);
        if (how != AnswerReader.SleepsByBell)
            return;
        bell.Ring();
    }

    /// <summary>What is longer than the ring crosses while the pool reads it.</summary>
    private void WriteInPieces(ReadOnlySpan<byte> payload)
    {
        while (payload.Length > 0)
        {
            int piece = Math.Min(payload.Length, ring.Capacity / 4);
            WaitForRoom(piece);
            _writer.Add(payload[..piece]);
            _writer.Publish();
            payload = payload[piece..];
        }
        _writer.Publish();
    }

    private void WaitForRoom(int bytes)
    {
        for (int spins = 0; !_writer.HasRoom(bytes); spins++)
        {
            if (spins == 0)
            {
                _writer.Publish();
                Announce();
            }
            if (spins < SpinsForRoom)
            {
                Thread.SpinWait(20);
                continue;
            }
            Volatile.Write(ref *ring.WriterSleeps, 1);
            Interlocked.MemoryBarrier();
            if (!_writer.HasRoom(bytes))
                Futex.Wait(ring.WriterSleeps, 1);
            Volatile.Write(ref *ring.WriterSleeps, 0);
        }
    }
}
