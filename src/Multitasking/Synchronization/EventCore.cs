using System.Runtime.CompilerServices;
using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>An event as one process has it: one word, changed by compare-and-swap, of two marks and the number of times that it was set.</summary>
internal sealed class EventCore : LockCore
{
    private const int WordOffset = SegmentLayout.State, ModeOffset = SegmentLayout.State + 8;

    // From the third bit on: how often it became set. It would take 2^62 times, more than a lifetime of them, to be mistaken for none.
    private const long IsSetMark = 1, Starving = 2, OneTime = 4;

    private readonly Waiting _waiting;

    internal EventCore(SharedSegment segment) : base(segment, LockKind.Event, waitPoints: 2) => _waiting = WaitingAt(1);

    internal bool IsSet => (Volatile.Read(ref Word) & IsSetMark) != 0;

    private bool IsAuto => Int(ModeOffset) != 0;

    private ref long Word => ref Long(WordOffset);

    private WaitPoint Place => Membership.Point(1);

    /// <inheritdoc/>
    public override void Abandon(int slot) => Interlocked.And(ref Long(WordOffset), ~Starving);

    internal void Begin(EventReset mode, bool isSet)
    {
        Int(ModeOffset) = mode == EventReset.Auto ? 1 : 0;
        Word = isSet ? IsSetMark + OneTime : 0;
    }

    internal void Set()
    {
        long seen;
        do
        {
            seen = Volatile.Read(ref Word);
            if ((seen & IsSetMark) != 0)
                return;
        }
        while (Interlocked.CompareExchange(ref Word, (seen | IsSetMark) + OneTime, seen) != seen);
        if (Place.HasSleepers)
            Place.WakeWithoutAsking(IsAuto ? 1 : int.MaxValue);
    }

    internal void Reset() => Interlocked.And(ref Word, ~IsSetMark);

    /// <summary>Passes if that needs no wait.</summary>
    internal bool TryPass()
    {
        long seen = Volatile.Read(ref Word);
        return (seen & IsSetMark) != 0 && (!IsAuto || ((seen & Starving) == 0 && Interlocked.CompareExchange(ref Word, seen & ~IsSetMark, seen) == seen));
    }

    internal bool Pass(SegmentLease lease, object owner, TimeSpan limit, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(this, limit);
        return _waiting.Until(lease, owner, ref waiter, static (ref Waiter waiter) => waiter.Look(), limit, cancellationToken);
    }

    internal ValueTask<bool> PassAsync(SegmentLease lease, object owner, TimeSpan limit, CancellationToken cancellationToken) =>
        _waiting.UntilAsync(lease, owner, new StrongBox<Waiter>(new Waiter(this, limit)), static (ref Waiter waiter) => waiter.Look(), limit, cancellationToken);

    private sealed class Waiter(EventCore core, TimeSpan limit) : Patience(limit)
    {
        private readonly long _begun = Volatile.Read(ref core.Word);

        internal bool Look()
        {
            while (true)
            {
                long seen = Volatile.Read(ref core.Word);
                if (!core.IsAuto)
                    // Set and reset at once while this one slept: it was set for those who waited then.
                    return (seen & IsSetMark) != 0 || (ulong)(seen ^ _begun) >= OneTime;
                if ((seen & IsSetMark) == 0 || !MayPass((seen & Starving) != 0))
                    return false;
                long left = seen & ~IsSetMark;
                if (!IsStarving || !core.Place.HasSleepers)
                    left &= ~Starving;
                if (Interlocked.CompareExchange(ref core.Word, left, seen) == seen)
                    return true;
            }
        }

        protected override bool CanSleep(bool mark)
        {
            while (true)
            {
                long seen = Volatile.Read(ref core.Word);
                if ((seen & IsSetMark) != 0)
                    return false;
                if (!mark || !core.IsAuto || (seen & Starving) != 0 || Interlocked.CompareExchange(ref core.Word, seen | Starving, seen) == seen)
                    return true;
            }
        }
    }
}
