using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>A reader-writer lock as one process has it.</summary>
internal sealed unsafe class ReaderWriterCore(SharedSegment segment) : LockCore(segment, LockKind.ReaderWriter, waitPoints: 3)
{
    private const int ReadPoint = 1, WritePoint = 2;

    private readonly ReaderWriterState _state = new(segment.Start);
    private readonly HoldTable _holds = new();

    internal ReaderWriterState State => _state;

    public override void Abandon(int slot) => _state.Abandon(slot);

    internal Waiting WaitingToRead => field ??= WaitingAt(ReadPoint);

    internal Waiting WaitingToWrite => field ??= WaitingAt(WritePoint);

    /// <summary>Enters if that is possible at once.</summary>
    /// <param name="isWrite">Whether to write.</param>
    /// <param name="thread">Which thread asks; 0 where that is nobody's in particular.</param>
    /// <param name="cannotWait">Whether it is now or never: such a one is not held up.</param>
    /// <param name="entry">What was entered.</param>
    /// <exception cref="LockRecursionException">The thread would wait for itself.</exception>
    internal bool TryEnter(bool isWrite, int thread, bool cannotWait, out ReaderWriterEntry entry)
    {
        Membership.StateLock.Enter();
        try
        {
            var permission = isWrite ? _state.ToWrite(hasSlept: false) : _state.ToRead(queuedIn: null);
            if (permission == Permission.Free || (permission == Permission.HeldUp && cannotWait) || (thread != 0 && IsReentry(isWrite, thread)))
            {
                entry = Begin(isWrite, thread, isWrite ? _state.EnterWrite(Membership.Slot, isQueued: false, isStarving: false) : _state.EnterRead(Membership.Slot, queuedIn: null));
                return true;
            }
            entry = default;
            return false;
        }
        finally
        {
            Membership.StateLock.Exit();
        }
    }

    /// <summary>Enters for one who waits.</summary>
    internal bool TryEnter(ReaderWriterWait wait, bool insists, out ReaderWriterEntry entry)
    {
        entry = default;
        Membership.StateLock.Enter();
        try
        {
            var permission = wait.Ask();
            if (permission == Permission.Taken || (permission == Permission.HeldUp && !insists))
                return false;
            entry = Begin(wait.IsWrite, wait.Thread, wait.IsWrite
                ? _state.EnterWrite(Membership.Slot, isQueued: true, wait.IsStarving)
                : _state.EnterRead(Membership.Slot, wait.QueuedIn));
        }
        finally
        {
            Membership.StateLock.Exit();
        }
        // Those whom it held back by waiting; as a reader, those of its turn.
        WakeNext();
        return true;
    }

    /// <summary>Counts one in who waits.</summary>
    internal void Queue(ReaderWriterWait wait)
    {
        Membership.StateLock.Enter();
        try
        {
            if (wait.IsWrite)
                _state.QueueWrite(Membership.Slot);
            else
                wait.QueuedIn = _state.QueueRead(Membership.Slot);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
    }

    /// <summary>Counts one out who has given up.</summary>
    internal void Unqueue(ReaderWriterWait wait)
    {
        Membership.StateLock.Enter();
        try
        {
            if (wait.IsWrite)
                _state.UnqueueWrite(Membership.Slot, wait.IsStarving);
            else
                _state.UnqueueRead(Membership.Slot, wait.QueuedIn);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
        WakeNext();
    }

    /// <summary>Asks, before a sleep, whether what is waited for can come to pass.</summary>
    internal void BeforeSleep(bool isStarving)
    {
        Membership.StateLock.Enter();
        try
        {
            _state.Audit();
            // Who leaves gives up the lock before its slot, and both under the state lock.
            if (_state.WriterSlot is var writer and not 0 && !Membership.IsMember(writer))
                throw Membership.Scribbled($"a lock with writer {writer}, which is none");
            if (isStarving)
                _state.MarkStarving();
        }
        finally
        {
            Membership.StateLock.Exit();
        }
    }

    /// <returns>False when it was left already.</returns>
    internal bool TryExit(HoldToken token, bool isWrite)
    {
        Membership.StateLock.Enter();
        try
        {
            if (!_holds.TryRemove(token))
                return false;
            Exit(isWrite);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
        WakeNext();
        return true;
    }

    /// <returns>False when the thread has not entered.</returns>
    internal bool TryExit(int thread, bool isWrite)
    {
        Membership.StateLock.Enter();
        try
        {
            if (!_holds.TryFind(thread, isWrite, out var token))
                return false;
            _holds.TryRemove(token);
            Exit(isWrite);
        }
        finally
        {
            Membership.StateLock.Exit();
        }
        WakeNext();
        return true;
    }

    private ReaderWriterEntry Begin(bool isWrite, int thread, int died) => new(_holds.Add(thread, isWrite), died != 0);

    private void Exit(bool isWrite)
    {
        if (isWrite)
            _state.ExitWrite(Membership.Slot);
        else
            _state.ExitRead(Membership.Slot);
    }

    /// <returns>Whether it reads already, and so reads on, whoever waits: the one who waits does so for this very thread.</returns>
    private bool IsReentry(bool isWrite, int thread)
    {
        if (_holds.TryFind(thread, isWrite: true, out _))
            throw new LockRecursionException("This thread has entered the lock to write already. Leave it first.");
        if (!_holds.TryFind(thread, isWrite: false, out _))
            return false;
        return !isWrite
            ? true
            : throw new LockRecursionException("This thread has entered the lock to read, and would wait for itself to leave it. Leave it before entering to write; others may have written in between.");
    }

    private void WakeNext()
    {
        if (_state.AwaitsReaders)
            Membership.Point(ReadPoint).Wake(int.MaxValue);
        // Also where it is the readers' turn: should they not come, the writer goes in a moment.
        if (_state.AwaitsWriter)
            Membership.Point(WritePoint).Wake(1);
    }
}
