using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>A barrier as one process has it.</summary>
internal sealed unsafe class BarrierCore(SharedSegment segment) : LockCore(segment, LockKind.Barrier, waitPoints: 2)
{
    private const int WaitPoint = 1;

    private readonly BarrierState _state = new(segment.Start);

    internal BarrierState State => _state;

    internal Waiting Waiting => field ??= WaitingAt(WaitPoint);

    public override void Abandon(int slot) => _state.Abandon(slot);

    internal BarrierWait Arrive()
    {
        BarrierWait wait;
        Membership.StateLock.Enter();
        try
        {
            bool isLast = _state.Arrive(Membership.Slot, out long round, out var passage);
            wait = new BarrierWait(this, round, passage);
            if (!isLast)
                return wait;
        }
        finally
        {
            Membership.StateLock.Exit();
        }
        wait.End((long)BarrierOutcome.Passed);
        WakeAll();
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
    internal bool GiveUp(BarrierWait wait, BarrierOutcome cause)
    {
        Membership.StateLock.Enter();
        try
        {
            if (wait.End(_state.OutcomeOf(wait.Round)))
                return true;
            _state.Break(cause);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
        WakeAll();
        return false;
    }

    internal void Begin(int participants) => Do(static (state, participants) => state.Begin(participants), participants);

    internal void Abort() => Do(static (state, _) => state.Break(BarrierOutcome.Abort), 0);

    internal void Reset() => Do(static (state, _) => state.Reset(), 0);

    /// <summary>Asks, before a sleep, whether what is waited for can be.</summary>
    internal void Audit()
    {
        Membership.StateLock.Enter();
        try
        {
            _state.Audit();
        }
        finally
        {
            Membership.StateLock.Exit();
        }
    }

    private void Do(Action<BarrierState, int> change, int argument)
    {
        Membership.StateLock.Enter();
        try
        {
            change(_state, argument);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
        WakeAll();
    }

    private void WakeAll() => Membership.Point(WaitPoint).Wake(int.MaxValue);
}
