using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>A mutex as one process has it.</summary>
internal sealed class MutexCore : LockCore
{
    private const int WordOffset = SegmentLayout.State, RecursiveOffset = SegmentLayout.State + 4;

    // Entries of the thread that has it, within its first one.
    private readonly List<long> _nested = [];

    internal MutexCore(SharedSegment segment) : base(segment, LockKind.Mutex, waitPoints: 2) => Lock = new OwnedLock(this, WordOffset, point: 1);

    internal OwnedLock Lock { get; }

    internal bool IsRecursive
    {
        get => Int(RecursiveOffset) != 0;
        set => Int(RecursiveOffset) = value ? 1 : 0;
    }

    /// <inheritdoc/>
    public override void Abandon(int slot) => OwnedLock.TakeFrom(ref Int(WordOffset), slot);

    /// <summary>Enters once more where this thread has it.</summary>
    /// <returns>False when it does not.</returns>
    /// <exception cref="LockRecursionException">It has it, and once is all.</exception>
    internal bool TryEnterAgain(out Entry entry)
    {
        entry = default;
        if (!Lock.IsHeldByThisThread)
            return false;
        if (!IsRecursive)
            throw new LockRecursionException("This thread has entered the mutex already. Leave it first, or make the mutex with isRecursive: true.");
        entry = new Entry(Lock.NextNumber(), Lock.Current.OwnerDied);
        _nested.Add(entry.Number);
        return true;
    }

    /// <summary>Leaves one entry; nothing happens where that has been left.</summary>
    /// <exception cref="SynchronizationLockException">It is another thread's, of a recursive mutex.</exception>
    internal void Exit(long number)
    {
        if (!IsRecursive)
        {
            Lock.TryExit(number);
            return;
        }
        if (!Lock.IsHeldByThisThread)
        {
            if (Lock.IsHeldHere && Lock.Current.Number == number)
                throw NotThisThread();
            return;
        }
        // In any order: the mutex is left with the last of them.
        if (_nested.Remove(number) || Lock.Current.Number != number)
            return;
        if (_nested.Count == 0)
        {
            Lock.TryExit();
            return;
        }
        Lock.Become(_nested[0]);
        _nested.RemoveAt(0);
    }

    /// <summary>Leaves the last entry.</summary>
    /// <exception cref="SynchronizationLockException">There is none.</exception>
    internal void Exit()
    {
        if (IsRecursive && Lock.IsHeldHere && !Lock.IsHeldByThisThread)
            throw NotThisThread();
        if (IsRecursive && Lock.IsHeldByThisThread && _nested.Count > 0)
            _nested.RemoveAt(_nested.Count - 1);
        else if (!Lock.TryExit())
            throw new SynchronizationLockException("This process has not entered the mutex, or has left it already. Leave it once for each time it was entered, or let `using` do it.");
    }

    private static SynchronizationLockException NotThisThread() =>
        new("A recursive mutex belongs to the thread that entered it, and another thread of this process did. Leave it there, or make the mutex without isRecursive.");
}
