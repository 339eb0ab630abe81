using System.Runtime.CompilerServices;
using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>A condition as one process has it: a lock, and the queue of those that wait for a pulse.</summary>
internal sealed class ConditionCore : LockCore
{
    private const int WordOffset = SegmentLayout.State;

    private readonly Waiting _waiting;

    internal ConditionCore(SharedSegment segment) : base(segment, LockKind.Condition, waitPoints: 3)
    {
        Lock = new OwnedLock(this, WordOffset, point: 1);
        _waiting = WaitingAt(2);
    }

    internal OwnedLock Lock { get; }

    private PulseQueue Queue => new(this);

    /// <inheritdoc/>
    public override void Abandon(int slot)
    {
        // In this order: the next owner finds the queue void.
        Queue.Void();
        OwnedLock.TakeFrom(ref Int(WordOffset), slot);
    }

    internal void Pulse(int count)
    {
        CheckHeld();
        if (Queue.Pulse(count))
            WakeAll();
    }

    internal void PulseAll()
    {
        CheckHeld();
        if (Queue.PulseAll())
            WakeAll();
    }

    internal bool Wait(SegmentLease lease, object owner, TimeSpan limit, CancellationToken cancellationToken)
    {
        var waiter = Leave(out var entry);
        bool isPulsed = false;
        try
        {
            isPulsed = _waiting.Until(lease, owner, ref waiter, static (ref Waiter waiter) => waiter.Look(), limit, cancellationToken);
        }
        catch (Exception exception)
        {
            GiveUpUnlessCancelled(exception);
        }
        var again = default(Entry);
        try
        {
            Lock.TryEnter(lease, owner, Timeout.InfiniteTimeSpan, out again, CancellationToken.None);
        }
        catch (Exception exception)
        {
            GiveUp(exception);
        }
        return Return(waiter, entry, again, isPulsed, cancellationToken);
    }

    internal async ValueTask<bool> WaitAsync(SegmentLease lease, object owner, TimeSpan limit, CancellationToken cancellationToken)
    {
        var waiter = Leave(out var entry);
        bool isPulsed = false;
        try
        {
            isPulsed = await _waiting.UntilAsync(
                lease, owner, new StrongBox<Waiter>(waiter), static (ref Waiter waiter) => waiter.Look(), limit, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            GiveUpUnlessCancelled(exception);
        }
        Entry? again = null;
        try
        {
            again = await Lock.TryEnterAsync(lease, owner, Timeout.InfiniteTimeSpan, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            GiveUp(exception);
        }
        return Return(waiter, entry, again!.Value, isPulsed, cancellationToken);
    }

    private Waiter Leave(out Entry entry)
    {
        CheckHeld();
        bool isBegunAnew = Queue.Draw(out var ticket);
        if (isBegunAnew)
            WakeAll();
        entry = Lock.Current;
        Lock.TryExit(entry.Number);
        return new Waiter(this, ticket);
    }

    private bool Return(Waiter waiter, Entry entry, Entry again, bool isPulsed, CancellationToken cancellationToken)
    {
        Lock.Resume(entry.Number, entry.OwnerDied || again.OwnerDied);
        // The pulse may have come while it was already on its way out: then it is taken, and not lost.
        if (isPulsed || !Queue.TryLeave(waiter.Ticket))
            return true;
        cancellationToken.ThrowIfCancellationRequested();
        return false;
    }

    private void GiveUpUnlessCancelled(Exception exception)
    {
        if (exception is not OperationCanceledException)
            GiveUp(exception);
    }

    private void GiveUp(Exception exception)
    {
        // It does not come back to the lock, and so cannot leave the queue: everybody draws a new number.
        Queue.Void();
        WakeAll();
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception);
    }

    private void CheckHeld()
    {
        if (!Lock.IsHeldHere)
            throw new SynchronizationLockException("This process has not entered the condition. Wait and pulse inside `using (condition.Enter())`.");
    }

    private void WakeAll() => Membership.Point(2).Wake(int.MaxValue);

    private sealed class Waiter(ConditionCore core, Ticket ticket)
    {
        internal Ticket Ticket => ticket;

        internal bool Look() => core.Queue.IsDone(ticket);
    }
}
