using Multitasking.Interop;

namespace Multitasking.Transport;

/// <summary>The pool's end of a ring of answers. While somebody watches it, its worker need not ring.</summary>
internal sealed unsafe class AnswerReader
{
    /// <summary>How the reader wants to be woken: by its bell, or on the word itself.</summary>
    internal const int SleepsByBell = 1, SleepsOnWord = 2;

    private const long LongestSleep = 1_000_000;

    private readonly Ring _ring;
    private readonly RingReader _reader;
    private int _watchers;

    internal AnswerReader(Ring ring)
    {
        _ring = ring;
        _reader = new RingReader(ring);
        *ring.ReaderSleeps = SleepsByBell;
    }

    /// <summary>How many bytes lie there.</summary>
    internal int Available() => _reader.Available();

    /// <summary>Copies bytes that lie there, without taking them away.</summary>
    internal void Peek(Span<byte> destination) => _reader.Peek(destination);

    /// <summary>Takes bytes away, and wakes the worker if it waits for room.</summary>
    internal void Release(int bytes)
    {
        _reader.Release(bytes);
        // Between the head that was published and the flag that is read.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref *_ring.WriterSleeps) == 0)
            return;
        Volatile.Write(ref *_ring.WriterSleeps, 0);
        Futex.Wake(_ring.WriterSleeps);
    }

    internal void Watch()
    {
        Interlocked.Increment(ref _watchers);
        Volatile.Write(ref *_ring.ReaderSleeps, 0);
    }

    /// <summary>Sleeps until there is something to read, or a moment has passed. For one who watches, and is the only one.</summary>
    internal void Sleep()
    {
        Volatile.Write(ref *_ring.ReaderSleeps, SleepsOnWord);
        Interlocked.MemoryBarrier();
        // Looked at without the lock of the worker: nothing is taken, and what is seen of a half-written tail is seen again.
        if (Volatile.Read(ref *_ring.Tail) == Volatile.Read(ref *_ring.Head))
            Futex.Wait(_ring.ReaderSleeps, SleepsOnWord, LongestSleep);
        Interlocked.CompareExchange(ref *_ring.ReaderSleeps, 0, SleepsOnWord);
    }

    /// <summary>Ends a <see cref="Watch"/>.</summary>
    /// <returns>Whether something came after the last look and would be overlooked: nobody was going to be told of it.</returns>
    internal bool Unwatch()
    {
        if (Interlocked.Decrement(ref _watchers) > 0)
            return false;
        Volatile.Write(ref *_ring.ReaderSleeps, SleepsByBell);
        Interlocked.MemoryBarrier();
        return _reader.HasNew;
    }
}
