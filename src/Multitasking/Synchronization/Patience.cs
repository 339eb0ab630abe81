using System.Diagnostics;
using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>
/// What makes taking turns fair enough. Who comes while a lock is free takes it, though others wait: that is fast. But who has waited for a millisecond marks the lock as starving, and then it goes to those
/// that have slept for it; a newcomer sleeps first. (Go's <c>sync.Mutex</c> does so.)
/// </summary>
/// <remarks>
/// The mark is advice and never a promise that somebody comes: the one who made it may be gone. So it holds a newcomer up for a millisecond, not longer, and who does not want to wait at all passes it by.
/// </remarks>
internal abstract class Patience(TimeSpan limit) : ISleeper
{
    private static readonly TimeSpan s_longEnough = TimeSpan.FromMilliseconds(1);

    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly bool _cannotWait = limit == TimeSpan.Zero;
    private bool _hasSlept;
    private bool _wasHeldUp;

    /// <summary>Whether it has waited so long that newcomers should let it by.</summary>
    internal bool IsStarving => Stopwatch.GetElapsedTime(_begun) >= s_longEnough;

    /// <inheritdoc/>
    public TimeSpan Retire()
    {
        bool isFirst = !_hasSlept;
        _hasSlept = true;
        if (_wasHeldUp)
            return s_longEnough;
        return CanSleep(!isFirst && IsStarving) ? Timeout.InfiniteTimeSpan : TimeSpan.Zero;
    }

    /// <summary>Whether this one may take what is free though the lock is marked as starving.</summary>
    internal bool MayPass(bool isMarked) => !(_wasHeldUp = isMarked && !_hasSlept && !_cannotWait);

    /// <summary>Looks for the last time before a sleep until woken.</summary>
    /// <param name="mark">Whether to mark the lock as starving.</param>
    /// <returns>False when what it waits for has come.</returns>
    /// <exception cref="InvalidDataException">Nobody will ever wake it: the state was scribbled over.</exception>
    protected abstract bool CanSleep(bool mark);
}
