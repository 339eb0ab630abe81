using Multitasking.Interop;

namespace Multitasking.SharedMemory;

/// <summary>A place in shared memory where threads of any process sleep until something there may have changed.</summary>
/// <remarks>
/// <para>Who wants to sleep reads the sequence, counts himself in, looks once more, and sleeps while the sequence is the same. Who changes something looks at the count afterwards, and where it is not 0, advances the
/// sequence and wakes. Counting in and the look at the count are full fences (Dekker's algorithm): one of the two sees the other, on arm64 as well as on x64. Waking for no reason is allowed.</para>
/// <para>The count carries a generation: a process that dies asleep is never counted out, so recovery starts a new generation at 0, and whoever comes back from an older one does not count himself out.</para>
/// <para>The sequence wraps after 2^32 wake-ups; it would have to do so exactly between a sleeper's look and his sleep to be missed.</para>
/// </remarks>
internal readonly unsafe struct WaitPoint(int* words)
{
    private const int CountMask = 0xffff, Generation = 0x10000;

    internal int* SequenceWord => words;

    internal int Sequence => Volatile.Read(ref words[0]);

    /// <summary>Whether somebody is counted in; a full fence lies between the change that he waits for and this.</summary>
    internal bool HasSleepers => (Volatile.Read(ref Sleepers) & CountMask) != 0;

    private ref int Sleepers => ref words[1];

    /// <summary>Counts a sleeper in; what it returns goes to <see cref="CountOut"/>.</summary>
    internal int CountIn() => Interlocked.Increment(ref Sleepers) & ~CountMask;

    internal void CountOut(int generation)
    {
        while (true)
        {
            int seen = Volatile.Read(ref Sleepers);
            if ((seen & ~CountMask) != generation || (seen & CountMask) == 0 || Interlocked.CompareExchange(ref Sleepers, seen - 1, seen) == seen)
                return;
        }
    }

    /// <summary>Wakes sleepers, if there are any; what they wait for has been written.</summary>
    internal void Wake(int most)
    {
        Interlocked.MemoryBarrier();
        if ((Volatile.Read(ref Sleepers) & CountMask) != 0)
            WakeWithoutAsking(most);
    }

    /// <summary>The same after an interlocked operation, which is a full fence already.</summary>
    internal void WakeAfterFence(int most)
    {
        if ((Volatile.Read(ref Sleepers) & CountMask) != 0)
            WakeWithoutAsking(most);
    }

    internal void WakeWithoutAsking(int most)
    {
        Interlocked.Increment(ref words[0]);
        Futex.Wake(words, most);
    }

    /// <summary>Wakes everybody and begins to count anew.</summary>
    internal void Reset()
    {
        int seen;
        do
            seen = Volatile.Read(ref Sleepers);
        while (Interlocked.CompareExchange(ref Sleepers, (seen & ~CountMask) + Generation, seen) != seen);
        WakeWithoutAsking(int.MaxValue);
    }

    /// <summary>Sleeps while the sequence is the same, but not longer than a time.</summary>
    internal void Sleep(int sequence, TimeSpan limit)
    {
        if (limit == Timeout.InfiniteTimeSpan)
            Futex.Wait(words, sequence);
        else if (limit > TimeSpan.Zero)
            Futex.Wait(words, sequence, limit);
    }
}
