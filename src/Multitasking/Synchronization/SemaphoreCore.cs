using System.Runtime.CompilerServices;
using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>
/// A semaphore as one process has it: how many may enter, and how many permits each member holds. Both change together, under the state lock and by the journal, so that a permit is neither lost nor doubled
/// whatever instruction a process is killed at.
/// </summary>
internal sealed class SemaphoreCore : LockCore
{
    private const int CountOffset = SegmentLayout.State, MaximumOffset = CountOffset + 8, AllHeldOffset = CountOffset + 16, StarvingOffset = CountOffset + 24, HeldOffset = CountOffset + 64;

    private readonly Waiting _waiting;

    internal SemaphoreCore(SharedSegment segment) : base(segment, LockKind.Semaphore, waitPoints: 2) => _waiting = WaitingAt(1);

    /// <summary>How many permits are free, those included that the dead have left.</summary>
    internal int Count
    {
        get
        {
            Membership.CoverPeers();
            return (int)Volatile.Read(ref Long(CountOffset));
        }
    }

    private ref int Starving => ref Int(StarvingOffset);

    private WaitPoint Place => Membership.Point(1);

    /// <inheritdoc/>
    public override void Abandon(int slot)
    {
        Volatile.Write(ref Starving, 0);
        // Where the memory was scribbled over, whoever uses the semaphore next is told, and not the one who puts it in order.
        if (Long(HeldBy(slot)) is > 0 and var held && held <= Long(AllHeldOffset) && Long(CountOffset) >= 0 && Long(CountOffset) + held <= Long(MaximumOffset))
            Move(slot, -held);
    }

    internal void Begin(int initial, int maximum)
    {
        Long(MaximumOffset) = maximum;
        Long(CountOffset) = initial;
    }

    /// <summary>Takes a permit if that needs no wait.</summary>
    /// <param name="isHeld">Whether it is held, and returned if the process dies; else it is used up.</param>
    internal bool TryTake(bool isHeld) => Volatile.Read(ref Starving) == 0 && TryTake(isHeld, waiter: null);

    internal bool Take(bool isHeld, SegmentLease lease, object owner, TimeSpan limit, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(this, isHeld, limit);
        return _waiting.Until(lease, owner, ref waiter, static (ref Waiter waiter) => waiter.Look(), limit, cancellationToken);
    }

    internal ValueTask<bool> TakeAsync(bool isHeld, SegmentLease lease, object owner, TimeSpan limit, CancellationToken cancellationToken) =>
        _waiting.UntilAsync(lease, owner, new StrongBox<Waiter>(new Waiter(this, isHeld, limit)), static (ref Waiter waiter) => waiter.Look(), limit, cancellationToken);

    /// <summary>Adds permits.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="SemaphoreFullException">There would be too many.</exception>
    internal int Release(int count)
    {
        long before;
        Membership.StateLock.Enter();
        try
        {
            before = Checked(Long(CountOffset));
            // Those that are held will be returned.
            if (count > Long(MaximumOffset) - before - Long(AllHeldOffset))
                throw new SemaphoreFullException(
                    $"A semaphore of at most {Long(MaximumOffset)}, of which {before} are free and {Long(AllHeldOffset)} held, cannot be released {count} times. Release once for each Wait; what Enter returned is disposed of instead.");
            Volatile.Write(ref Long(CountOffset), before + count);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
        Wake(count);
        return (int)before;
    }

    /// <summary>Returns a permit that is held.</summary>
    internal void Return()
    {
        Membership.StateLock.Enter();
        try
        {
            Move(Membership.Slot, -1);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
        Wake(1);
    }

    private static int HeldBy(int slot) => HeldOffset + (sizeof(long) * slot);

    private void Wake(int count)
    {
        // The state lock's release was a full fence.
        if (Place.HasSleepers)
            Place.WakeWithoutAsking(count);
    }

    /// <summary>Makes free permits held ones, or held ones free again; under the state lock.</summary>
    private void Move(int slot, long permits)
    {
        var journal = NewJournal();
        journal.Set(CountOffset, Checked(Long(CountOffset) - permits));
        journal.Set(HeldBy(slot), Checked(Long(HeldBy(slot)) + permits));
        journal.Set(AllHeldOffset, Checked(Long(AllHeldOffset) + permits));
        journal.Commit();
    }

    private bool TryTake(bool isHeld, Waiter? waiter)
    {
        if (Volatile.Read(ref Long(CountOffset)) == 0)
            return false;
        Membership.StateLock.Enter();
        try
        {
            long count = Checked(Long(CountOffset));
            if (count == 0 || waiter?.MayPass(Starving != 0) == false)
                return false;
            if (isHeld)
                Move(Membership.Slot, 1);
            else
                Volatile.Write(ref Long(CountOffset), count - 1);
            if (Starving != 0 && waiter is not null && !(waiter.IsStarving && Place.HasSleepers))
                Volatile.Write(ref Starving, 0);
            return true;
        }
        finally
        {
            Membership.StateLock.Exit();
        }
    }

    private long Checked(long value) =>
        value >= 0 && value <= Long(MaximumOffset) ? value : throw Membership.Scribbled($"a semaphore of at most {Long(MaximumOffset)} with {value} permits");

    private sealed class Waiter(SemaphoreCore core, bool isHeld, TimeSpan limit) : Patience(limit)
    {
        internal bool Look() => core.TryTake(isHeld, this);

        protected override bool CanSleep(bool mark)
        {
            if (core.Checked(Volatile.Read(ref core.Long(CountOffset))) > 0)
                return false;
            if (mark)
                Volatile.Write(ref core.Starving, 1);
            return true;
        }
    }
}
