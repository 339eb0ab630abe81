using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>A countdown as one process has it.</summary>
internal sealed unsafe class CountdownCore(SharedSegment segment) : LockCore(segment, LockKind.Countdown, waitPoints: 2)
{
    private const int WaitPoint = 1;

    private readonly CountdownState _state = new(segment.Start);

    internal CountdownState State => _state;

    internal Waiting Waiting => field ??= WaitingAt(WaitPoint);

    public override void Abandon(int slot) => _state.Abandon(slot);

    internal bool Signal(int count)
    {
        bool isSet;
        Membership.StateLock.Enter();
        try
        {
            isSet = _state.Signal(count);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
        return Tell(isSet);
    }

    internal bool SignalPart(long round)
    {
        bool isSet;
        Membership.StateLock.Enter();
        try
        {
            isSet = _state.SignalPart(Membership.Slot, round);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
        return Tell(isSet);
    }

    internal bool TryAdd(int count)
    {
        Membership.StateLock.Enter();
        try
        {
            return _state.TryAdd(count);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
    }

    internal long Take()
    {
        Membership.StateLock.Enter();
        try
        {
            return _state.Take(Membership.Slot);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
    }

    internal void Reset(int? count)
    {
        int to;
        Membership.StateLock.Enter();
        try
        {
            _state.Reset(to = count ?? _state.InitialCount);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
        Tell(to == 0);
    }

    private bool Tell(bool isSet)
    {
        if (isSet)
            Membership.Point(WaitPoint).Wake(int.MaxValue);
        return isSet;
    }
}
