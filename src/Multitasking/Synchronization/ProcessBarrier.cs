using System.Runtime.CompilerServices;
using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>
/// A meeting point of threads in any processes: each waits until all have arrived, then all go on, phase after phase. It can be an argument or a captured variable of a <see cref="ChildProcess"/> or of a pool's task, and
/// then is the same barrier there.
/// </summary>
/// <remarks>
/// <para>A phase in which somebody gives up cannot end. Then the barrier breaks: all who wait, and all who come, get a <see cref="BarrierBrokenException"/>, until <see cref="Reset"/>. It breaks when the time limit of a waiter
/// passes, a wait is cancelled, <see cref="Abort"/> is called, a process ends while it waits, or a process is killed or crashes that has taken part since the last reset.</para>
/// <para>A process that has taken part and then ends in good order, also by an exception of its target, breaks nothing, for it may be done. A participant that knows that it will not arrive calls <see cref="Abort"/>.</para>
/// <para>All members can be used from any threads at the same time. Waiting costs no processor time after the first few microseconds. At most 255 processes can use one barrier.</para>
/// </remarks>
public sealed class ProcessBarrier : IDisposable, ISharedObject
{
    // Not readonly: made without a constructor where it arrives.
    private SegmentLease _lease;
    private BarrierCore _core;

    /// <summary>Makes a barrier.</summary>
    /// <param name="participants">How many have to arrive; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="participants"/> is less than 1.</exception>
    /// <exception cref="IOException">The system has no memory or descriptor for it.</exception>
    public ProcessBarrier(int participants)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(participants, 1);
        _lease = LockCore.Create(static segment => new BarrierCore(segment));
        _core = _lease.Segment.Core<BarrierCore>();
        _core.Begin(participants);
    }

    /// <summary>How many have to arrive.</summary>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public int ParticipantCount
    {
        get
        {
            using var use = _lease.Use(this);
            return _core.State.ParticipantCount;
        }
    }

    /// <summary>How many wait at this moment, in all processes; 0 when the barrier is broken.</summary>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public int WaitingCount
    {
        get
        {
            using var use = _lease.Use(this);
            _core.Membership.CoverPeers();
            return _core.State.WaitingCount;
        }
    }

    /// <summary>The number of the phase that is under way, from 0: how many have ended since the barrier was made.</summary>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public long Phase
    {
        get
        {
            using var use = _lease.Use(this);
            _core.Membership.CoverPeers();
            return _core.State.Phase;
        }
    }

    /// <summary>Whether the phase that is under way cannot end.</summary>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public bool IsBroken
    {
        get
        {
            using var use = _lease.Use(this);
            _core.Membership.CoverPeers();
            return _core.State.IsBroken;
        }
    }

    /// <inheritdoc/>
    SharedReference ISharedObject.Reference => new(_lease);

    /// <summary>Arrives, and waits for the others.</summary>
    /// <param name="cancellationToken">Ends the wait, and breaks the barrier. One that is cancelled before does not.</param>
    /// <returns>Which phase has ended, and as which of the participants this one arrived.</returns>
    /// <exception cref="BarrierBrokenException">The barrier is broken, or breaks meanwhile.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    /// <exception cref="InvalidDataException">The memory was written to by something else.</exception>
    public BarrierPassage SignalAndWait(CancellationToken cancellationToken = default)
    {
        TrySignalAndWait(Timeout.InfiniteTimeSpan, out var passage, cancellationToken);
        return passage;
    }

    /// <summary>Arrives, and waits for the others for a time; when that has passed, the barrier is broken.</summary>
    /// <param name="limit">The time; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="passage">Which phase has ended, and as which of the participants this one arrived.</param>
    /// <param name="cancellationToken">Ends the wait, and breaks the barrier. One that is cancelled before does not.</param>
    /// <returns>False when the time has passed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative.</exception>
    /// <inheritdoc cref="SignalAndWait" path="/exception"/>
    public bool TrySignalAndWait(TimeSpan limit, out BarrierPassage passage, CancellationToken cancellationToken = default)
    {
        WaitLimit.Check(limit);
        passage = default;
        cancellationToken.ThrowIfCancellationRequested();
        using var use = _lease.Use(this);
        // Before the arrival: a participant that died already is found out now, one that dies from here on is noticed.
        _core.Membership.CoverPeers();
        var wait = _core.Arrive();
        try
        {
            if (!_core.Waiting.Until(_lease, this, ref wait, BarrierWait.Look, limit, cancellationToken) && !_core.GiveUp(wait, BarrierOutcome.TimeLimit))
                return false;
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            if (!_core.GiveUp(wait, CauseOf(exception)))
                throw;
        }
        passage = wait.Result;
        return true;
    }

    /// <summary>Arrives, and waits for the others without blocking a thread.</summary>
    /// <inheritdoc cref="SignalAndWait"/>
    public async ValueTask<BarrierPassage> SignalAndWaitAsync(CancellationToken cancellationToken = default) =>
        (await TrySignalAndWaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))!.Value;

    /// <summary>Arrives, and waits for the others for a time, without blocking a thread; when that has passed, the barrier is broken.</summary>
    /// <param name="limit">The time; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait, and breaks the barrier. One that is cancelled before does not.</param>
    /// <returns>Which phase has ended, and as which of the participants this one arrived; <see langword="null"/> when the time has passed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative.</exception>
    /// <inheritdoc cref="SignalAndWait" path="/exception"/>
    public async ValueTask<BarrierPassage?> TrySignalAndWaitAsync(TimeSpan limit, CancellationToken cancellationToken = default)
    {
        WaitLimit.Check(limit);
        cancellationToken.ThrowIfCancellationRequested();
        using var use = _lease.Use(this);
        _core.Membership.CoverPeers();
        var wait = _core.Arrive();
        try
        {
            if (!await _core.Waiting.UntilAsync(_lease, this, new StrongBox<BarrierWait>(wait), BarrierWait.Look, limit, cancellationToken).ConfigureAwait(false)
                && !_core.GiveUp(wait, BarrierOutcome.TimeLimit))
                return null;
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            if (!_core.GiveUp(wait, CauseOf(exception)))
                throw;
        }
        return wait.Result;
    }

    /// <summary>Breaks the barrier: for a participant that will not arrive any more.</summary>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public void Abort()
    {
        using var use = _lease.Use(this);
        _core.Abort();
    }

    /// <summary>Begins the phase anew, with nobody there. Who waits gets a <see cref="BarrierBrokenException"/>; the deaths of those who took part before do not count any more.</summary>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public void Reset()
    {
        using var use = _lease.Use(this);
        _core.Reset();
    }

    /// <inheritdoc/>
    void ISharedObject.Arrive(SharedArrival arrival)
    {
        _lease = arrival.Open(static segment => new BarrierCore(segment));
        _core = _lease.Segment.Core<BarrierCore>();
    }

    /// <summary>Lets go of the barrier here; in other processes, and in other objects that stand for it, it goes on. Waits by this object end, and break it.</summary>
    public void Dispose() => _lease.Dispose();

    private static BarrierOutcome CauseOf(Exception exception) => exception is ObjectDisposedException ? BarrierOutcome.Disposal : BarrierOutcome.Cancellation;
}
