using static Multitasking.SharedMemory.SegmentLayout;

namespace Multitasking.SharedMemory;

// What is done about members that have died.
internal sealed unsafe partial class Membership
{
    private const int LooksUntilAsked = 16;

    /// <summary>Puts in order what members have left behind that are dead.</summary>
    /// <param name="dead">One of whose death the kernel has told; 0 for none.</param>
    /// <returns>False when another member has stopped in the middle of it, or of a change; then it is to be tried again.</returns>
    internal bool RecoverDead(long dead = 0)
    {
        if (_hasLeft)
            return true;
        if (!TryEnterRecovery(s_patience, out _))
            return false;
        try
        {
            return RecoverDeadAlone(dead);
        }
        finally
        {
            ExitRecovery();
        }
    }

    private bool RecoverDeadAlone(long known = 0)
    {
        var dead = new List<int>();
        for (int slot = 1; slot <= MostMembers; slot++)
            if (Volatile.Read(ref Stamp(slot)) is var stamp and not 0 && (stamp == known || !ProcessStamp.IsAlive(stamp)))
                dead.Add(slot);
        return dead.Count == 0 || Recover(dead);
    }

    /// <returns>
    /// False when a member that lives does not let go of the state lock: it has stopped. What was done until then may be done again.
    /// </returns>
    private bool Recover(List<int> slots, bool isKept = false)
    {
        // All locks first: what follows takes the state lock.
        foreach (int slot in slots)
        {
            TakeStateLock(slot);
            _object.Unlock(slot);
        }
        foreach (int slot in slots)
        {
            // In the name of the dead: should this process die now, the lock is taken away with the rest.
            var stateLock = new RobustLock(this, (int*)(_start + SegmentLayout.StateLock), 0, actingFor: slot);
            if (!stateLock.TryEnterToRepair(TakeStateLock, s_patience))
                return false;
            try
            {
                _object.Abandon(slot);
            }
            finally
            {
                stateLock.Exit();
            }
            if (isKept)
                Volatile.Write(ref Roles(slot), 0);
            else
                Forget(slot);
        }
        WakeAll();
        return true;
    }

    private void TakeStateLock(int slot)
    {
        if (StateLock.Owner != slot)
            return;
        new Journal(_start).Replay();
        StateLock.TakeFrom(slot);
    }

    private void Forget(int slot)
    {
        int roles = Volatile.Read(ref Roles(slot));
        if ((roles & LeavesInOrder) == 0 && roles != 0)
        {
            Volatile.Write(ref *(long*)(_start + LostMember), Volatile.Read(ref Stamp(slot)));
            Interlocked.Or(ref Lost, roles);
        }
        Volatile.Write(ref SentBy(slot), 0);
        Volatile.Write(ref Roles(slot), 0);
        Volatile.Write(ref Stamp(slot), 0);
        NoteChange();
    }

    /// <summary>The recovery lock: owned by a process, be it a member or not. Held for moments, and seldom.</summary>
    /// <param name="limit">How long to wait for one holder: a busy machine may keep this thread from looking while the lock is
    /// free.</param>
    /// <param name="holder">The process that had it all that time, if it was not to be had.</param>
    private bool TryEnterRecovery(TimeSpan limit, out long holder)
    {
        ref long owner = ref *(long*)(_start + RecoveryOwner);
        holder = 0;
        int looks = 0;
        for (long begun = Environment.TickCount64; ; looks++)
        {
            bool isLate = Environment.TickCount64 - begun > limit.TotalMilliseconds;
            long seen = ProcessStamp.Own;
            // Two threads of this process must not both think that they have it.
            if (Monitor.TryEnter(_holds, limit))
            {
                seen = Interlocked.CompareExchange(ref owner, ProcessStamp.Own, 0);
                if (seen == 0)
                    return true;
                bool isDead = (looks % LooksUntilAsked) == LooksUntilAsked - 1 && !ProcessStamp.IsAlive(seen);
                if (isDead && Interlocked.CompareExchange(ref owner, ProcessStamp.Own, seen) == seen)
                    return true;
                Monitor.Exit(_holds);
            }
            if (seen != holder)
                (holder, looks, begun) = (seen, 0, Environment.TickCount64);
            else if (isLate && looks >= LooksUntilAsked)
                return false;
            Thread.Sleep(looks < LooksUntilAsked ? 0 : 1);
        }
    }

    private void ExitRecovery()
    {
        Volatile.Write(ref *(long*)(_start + RecoveryOwner), 0);
        Monitor.Exit(_holds);
    }
}
