namespace Multitasking.SharedMemory;

/// <summary>
/// A lock for a few instructions, owned by a process: one word with the owner's slot and a bit for those that wait. When the owner dies,
/// whoever notices first takes it away from it (<see cref="Membership.RecoverDead"/>), after it has put what it guards in order.
/// </summary>
/// <remarks>
/// Taking it is a compare-and-swap and releasing it an exchange, both full barriers in .NET on every architecture: what was done under the
/// lock is seen by the next owner, on arm64 too.
/// Owned by the process rather than the thread, because threads do not die alone.
/// </remarks>
internal readonly unsafe struct RobustLock(Membership membership, int* word, int waitPoint, int actingFor = 0)
{
    private const int OwnerMask = 0xff, HasWaiters = 0x100;

    private const int Spins = 40;

    private static readonly TimeSpan s_nap = TimeSpan.FromSeconds(1);

    /// <summary>
    /// In whose name it is taken: who puts in order what a dead member left has no slot of its own while it is on the way to become a
    /// member.
    /// </summary>
    private int Slot => actingFor != 0 ? actingFor : membership.Slot;

    /// <summary>The slot of its owner; 0 for nobody.</summary>
    internal int Owner => Volatile.Read(ref *word) & OwnerMask;

    internal void Enter()
    {
        if (Interlocked.CompareExchange(ref *word, Slot, 0) != 0)
            EnterSlowly();
    }

    internal bool TryEnter() => Interlocked.CompareExchange(ref *word, Slot, 0) == 0;

    internal void Exit()
    {
        int before = Interlocked.Exchange(ref *word, 0);
        if ((before & HasWaiters) != 0)
            membership.Point(waitPoint).WakeWithoutAsking(1);
        if ((before & OwnerMask) != Slot)
            throw Membership.Scribbled("a lock that this process held is another's");
    }

    /// <summary>Takes it away from a member that has died; the recovery lock is held.</summary>
    internal void TakeFrom(int slot)
    {
        int seen = Volatile.Read(ref *word);
        if ((seen & OwnerMask) == slot && Interlocked.CompareExchange(ref *word, 0, seen) == seen)
            membership.Point(waitPoint).WakeWithoutAsking(int.MaxValue);
    }

    /// <summary>Takes the lock, from whoever has died meanwhile too: for one who repairs, and so cannot wait for others to do it.</summary>
    /// <returns>False when one who lives has not let go of it for so long.</returns>
    internal bool TryEnterToRepair(Action<int> takeOver, TimeSpan patience)
    {
        long begun = Environment.TickCount64;
        for (int tries = 0; !TryEnter(); tries++)
        {
            if (Environment.TickCount64 - begun > patience.TotalMilliseconds)
                return false;
            Check(Volatile.Read(ref *word));
            if (Owner is var owner and not 0 && tries % 16 == 15 && !membership.IsAlive(owner))
                takeOver(owner);
            else
                Thread.Sleep(tries < 16 ? 0 : 1);
        }
        return true;
    }

    private void EnterSlowly()
    {
        for (int i = 0; i < Spins; i++)
        {
            if (Volatile.Read(ref *word) == 0 && TryEnter())
                return;
            Thread.SpinWait(4);
        }
        // From here on as one of several: whoever was woken does not know whether others still sleep.
        var point = membership.Point(waitPoint);
        int stranger = 0;
        while (true)
        {
            // Before looking who is there: one who comes after that changes it.
            int sequence = point.Sequence;
            bool isCovered = membership.CoverPeers();
            int seen = Volatile.Read(ref *word);
            Check(seen);
            if ((seen & OwnerMask) == 0)
            {
                if (Interlocked.CompareExchange(ref *word, Slot | HasWaiters, seen) == seen)
                    return;
            }
            else if ((seen & HasWaiters) != 0 || Interlocked.CompareExchange(ref *word, seen | HasWaiters, seen) == seen)
            {
                point.Sleep(sequence, isCovered ? s_nap : Membership.BlindNap);
                // Who dies with it is no member any more when it has been taken from him.
                int owner = Owner;
                if (owner != 0 && owner == stranger && !membership.IsMember(owner))
                    throw Membership.Scribbled("a lock of somebody who is not there");
                stranger = membership.IsMember(owner) ? 0 : owner;
            }
        }
    }

    private static void Check(int seen)
    {
        if ((seen & ~(OwnerMask | HasWaiters)) != 0 || seen == HasWaiters)
            throw Membership.Scribbled($"a lock with the value {seen:x8}");
    }
}
