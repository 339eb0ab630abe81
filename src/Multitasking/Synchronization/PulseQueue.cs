using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>
/// Who waits for a pulse: numbers are drawn in order, and all below a first one have been pulsed. Who gives up leaves a mark, so that no pulse goes to him. All of it is changed under the condition's own lock,
/// except for the count of deaths: when that has changed, the queue may be torn or hold the dead, so it is begun anew, and everybody in it wakes.
/// </summary>
/// <remarks>Numbers are 64 bits and do not wrap: 2^63 waits are more than a lifetime of them.</remarks>
internal readonly struct PulseQueue(LockCore core)
{
    /// <summary>How many numbers may lie between the first that waits and the last; when they are used up, everybody wakes for no reason.</summary>
    internal const int Longest = 8192;

    internal const int DeathsOffset = SegmentLayout.State + 8, NextOffset = DeathsOffset + 16;

    private const int SeenOffset = DeathsOffset + 8, FirstOffset = NextOffset + 8, GoneOffset = SegmentLayout.State + 64;

    private ref long Deaths => ref core.Long(DeathsOffset);

    private ref long Seen => ref core.Long(SeenOffset);

    private ref long Next => ref core.Long(NextOffset);

    /// <summary>The first that has not been pulsed.</summary>
    private ref long First => ref core.Long(FirstOffset);

    /// <summary>Draws a number; under the lock.</summary>
    /// <param name="ticket">It.</param>
    /// <returns>Whether others have to be woken, for the queue was begun anew.</returns>
    internal bool Draw(out Ticket ticket)
    {
        Repair();
        bool isFull = Next - First == Longest;
        if (isFull)
            Clear();
        ticket = new Ticket(Next, Seen);
        Next++;
        return isFull;
    }

    /// <summary>Whether a number has been pulsed or is void; without the lock, too.</summary>
    internal bool IsDone(Ticket ticket) => Volatile.Read(ref First) > ticket.Number || Volatile.Read(ref Deaths) != ticket.Deaths;

    /// <summary>Gives a number up; under the lock.</summary>
    /// <returns>False when it has been pulsed.</returns>
    internal bool TryLeave(Ticket ticket)
    {
        Repair();
        if (IsDone(ticket))
            return false;
        Word(ticket.Number) |= Bit(ticket.Number);
        return true;
    }

    /// <summary>Pulses those that have waited longest; under the lock.</summary>
    /// <returns>Whether anybody was.</returns>
    internal bool Pulse(int count)
    {
        Repair();
        long first = First;
        for (; count > 0 && first < Next; first++)
            if ((Word(first) & Bit(first)) != 0)
                Word(first) &= ~Bit(first);
            else
                count--;
        bool isAny = first != First;
        Volatile.Write(ref First, first);
        return isAny;
    }

    /// <summary>Pulses all that wait; under the lock.</summary>
    internal bool PulseAll()
    {
        Repair();
        if (First == Next)
            return false;
        Clear();
        return true;
    }

    /// <summary>Makes all numbers void that have been drawn, without the lock.</summary>
    internal void Void() => Interlocked.Increment(ref Deaths);

    private static long Bit(long number) => 1L << (int)(number % 64);

    private ref long Word(long number) => ref core.Long(GoneOffset + (sizeof(long) * (int)(number % Longest / 64)));

    private void Repair()
    {
        if (Volatile.Read(ref Deaths) is var deaths && deaths != Seen)
        {
            Clear();
            // Last: who dies in the middle of this is a further death.
            Volatile.Write(ref Seen, deaths);
        }
        if (First < 0 || Next < First || Next - First > Longest)
            throw Membership.Scribbled($"a condition whose waiters are {First} to {Next}");
    }

    private void Clear()
    {
        for (int i = 0; i < Longest; i += 64)
            Word(i) = 0;
        Volatile.Write(ref First, Next);
    }
}
