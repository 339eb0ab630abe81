using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>
/// A lock as one process has it: membership among the processes that use it, and its state. One for each process and memory, whatever number of public objects stands on it.
/// </summary>
/// <remarks>
/// A public lock is <c>sealed</c>, <see cref="IDisposable"/> and <see cref="ISharedObject"/>, and has two fields, neither readonly nor initialised, for in another process it is made without a constructor:
/// its <see cref="SegmentLease"/> and its core. The constructor makes both by <see cref="Create"/> and then writes the first state, <see cref="ISharedObject.Arrive"/> sets both from the arrival, <c>Dispose</c>
/// disposes of the lease. Each operation that touches the memory is inside <c>using var use = _lease.Use(this)</c>, asynchronous waits to their end.
/// </remarks>
internal abstract unsafe class LockCore : IShared, IRepairable
{
    /// <summary>How long a waiter looks before it sleeps: about what a wake-up costs the one who wakes.</summary>
    protected static readonly TimeSpan LongestSpin = TimeSpan.FromMicroseconds(5);

    private readonly byte* _state;

    /// <param name="segment">Where it stands.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="waitPoints">How many places to sleep it has, with the state lock's, which is number 0.</param>
    /// <exception cref="InvalidDataException">The memory holds something else.</exception>
    protected LockCore(SharedSegment segment, LockKind kind, int waitPoints)
    {
        // First: becoming a member may have to put in order what a dead one left, by the methods below.
        _state = segment.Start + SegmentLayout.State;
        Membership = new Membership(segment, this, (int)kind, waitPoints);
    }

    /// <inheritdoc/>
    public Membership Membership { get; }

    /// <summary>Makes the memory of a new lock, and this process' core over it.</summary>
    /// <exception cref="IOException">The system has no memory or descriptor for it.</exception>
    internal static SegmentLease Create<TCore>(Func<SharedSegment, TCore> makeCore)
        where TCore : LockCore => SharedSegment.Create("multitasking-lock", SegmentLayout.Size, SegmentLayout.Size, role: 0, makeCore);

    /// <inheritdoc/>
    public virtual void Unlock(int slot)
    {
        // The state lock, which most are content with, is seen to already.
    }

    /// <inheritdoc/>
    /// <remarks>Under the state lock. All places to sleep are woken afterwards.</remarks>
    public abstract void Abandon(int slot);

    /// <summary>A word of the state, by its place in the memory (<see cref="SegmentLayout.State"/> and up), as a <see cref="Journal"/> names it.</summary>
    internal ref long Long(int offset) => ref *(long*)(_state + (offset - SegmentLayout.State));

    /// <inheritdoc cref="Long"/>
    internal ref int Int(int offset) => ref *(int*)(_state + (offset - SegmentLayout.State));

    /// <summary>A change of several words that a kill cannot tear; under the state lock.</summary>
    protected Journal NewJournal() => new(_state - SegmentLayout.State);

    /// <summary>Waiting at one of the places to sleep.</summary>
    internal Waiting WaitingAt(int point) => new(Membership, point, LongestSpin);
}
