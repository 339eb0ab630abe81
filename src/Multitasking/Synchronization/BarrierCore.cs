using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>A barrier as one process has it.</summary>
internal sealed unsafe class BarrierCore(SharedSegment segment) : LockCore(segment, LockKind.Barrier, waitPoints: 2)
{
    private const int WaitPoint = 1;

    private readonly BarrierState _state = new(segment.Start);

    internal BarrierState State => _state;

    internal Waiting Waiting => WaitingAt(WaitPoint);

    public override void Abandon(int slot) => _state.Abandon(slot);

    internal BarrierWait Arrive()
    {
        bool isLast;
        var wait = new BarrierWait { Core = this };
        Membership.StateLock.Enter();
        try
        {
            isLast = _state.Arrive(Membership.Slot, out wait.Round, out wait.Passage);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
        if (isLast)
        {
            wait.Outcome = (long)BarrierOutcome.Passed;
            Membership.Point(WaitPoint).Wake(int.MaxValue);
        }
        return wait;
    }

    internal long OutcomeOf(long round)
    {
        Membership.StateLock.Enter();
        try
        {
            return _state.OutcomeOf(round);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
    }

    /// <summary>Breaks it for one who does not wait on, unless his phase is over.</summary>
    /// <returns>Whether it is over.</returns>
    internal bool GiveUp(ref BarrierWait wait, BarrierOutcome cause)
    {
        Membership.StateLock.Enter();
        try
        {
            wait.Outcome = _state.OutcomeOf(wait.Round);
            if (wait.Outcome != (long)BarrierOutcome.Waits)
                return true;
            _state.Break(cause);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
        Membership.Point(WaitPoint).Wake(int.MaxValue);
        return false;
    }

    internal void Begin(int participants)
    {
        Membership.StateLock.Enter();
        _state.Begin(participants);
        Membership.StateLock.Exit();
    }

    internal void Abort()
    {
        Membership.StateLock.Enter();
        try
        {
            _state.Break(BarrierOutcome.Abort);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
        Membership.Point(WaitPoint).Wake(int.MaxValue);
    }

    internal void Reset()
    {
        Membership.StateLock.Enter();
        try
        {
            _state.Reset();
        }
        finally
        {
            Membership.StateLock.Exit();
        }
        Membership.Point(WaitPoint).Wake(int.MaxValue);
    }
}
