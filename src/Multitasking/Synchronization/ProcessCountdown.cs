using System.Runtime.CompilerServices;
using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>
/// Lets threads of any processes wait until a number of signals has come, as <see cref="CountdownEvent"/> does in one process. It can be an argument or a captured variable of a <see cref="ChildProcess"/> or of a pool's task,
/// and then is the same countdown there.
/// </summary>
/// <remarks>
/// <para>When a process dies, nobody can know whether it would still have signalled, so its death changes nothing, and who waits for its signal waits on. A process that is to count as done when it dies takes its signal
/// beforehand, by <see cref="Take"/>.</para>
/// <para>All members can be used from any threads at the same time. Waiting costs no processor time after the first few microseconds. At most 255 processes can use one countdown.</para>
/// </remarks>
public sealed class ProcessCountdown : IDisposable, ISharedObject
{
    // Not readonly: made without a constructor where it arrives.
    private SegmentLease _lease;
    private CountdownCore _core;

    /// <summary>Makes a countdown.</summary>
    /// <param name="initialCount">For how many signals it waits; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="initialCount"/> is less than 1.</exception>
    /// <exception cref="IOException">The system has no memory or descriptor for it.</exception>
    public ProcessCountdown(int initialCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(initialCount, 1);
        _lease = LockCore.Create(static segment => new CountdownCore(segment));
        _core = _lease.Segment.Core<CountdownCore>();
        _core.Reset(initialCount);
    }

    /// <summary>For how many signals it waited at first, or since the last reset.</summary>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public int InitialCount
    {
        get
        {
            using var use = _lease.Use(this);
            return _core.State.InitialCount;
        }
    }

    /// <summary>How many signals are still to come.</summary>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public int CurrentCount
    {
        get
        {
            using var use = _lease.Use(this);
            _core.Membership.CoverPeers();
            return _core.State.CurrentCount;
        }
    }

    /// <summary>How many parts were signalled since the last reset because their process ended, or let go of the countdown, before it disposed of them.</summary>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public int AbandonedCount
    {
        get
        {
            using var use = _lease.Use(this);
            _core.Membership.CoverPeers();
            return _core.State.AbandonedCount;
        }
    }

    /// <summary>Whether all signals have come.</summary>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public bool IsSet => CurrentCount == 0;

    /// <inheritdoc/>
    SharedReference ISharedObject.Reference => new(_lease);

    /// <summary>Gives signals.</summary>
    /// <param name="count">How many; at least 1.</param>
    /// <returns>Whether they were the last.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="InvalidOperationException">It does not wait for as many, apart from parts that were taken. None is given.</exception>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public bool Signal(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var use = _lease.Use(this);
        _core.Membership.CoverPeers();
        return _core.Signal(count);
    }

    /// <summary>Takes one of the signals that are still to come, to give it when the part is disposed, or when this process ends: at the latest then, also when it is killed.</summary>
    /// <exception cref="InvalidOperationException">All signals have come or were taken.</exception>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public CountdownPart Take()
    {
        using var use = _lease.Use(this);
        var share = _lease.Share(_lease.Role);
        try
        {
            return new CountdownPart(share, _core, _core.Take());
        }
        catch
        {
            share.Dispose();
            throw;
        }
    }

    /// <summary>Waits for more signals.</summary>
    /// <param name="count">For how many more; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="InvalidOperationException">All signals have come already, or there would be more than <see cref="int.MaxValue"/>.</exception>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public void AddCount(int count = 1)
    {
        if (!TryAddCount(count))
            throw new InvalidOperationException("The countdown is at 0 already. Reset begins it anew.");
    }

    /// <summary>Waits for more signals, unless all have come.</summary>
    /// <returns>False when all signals have come already.</returns>
    /// <exception cref="InvalidOperationException">There would be more than <see cref="int.MaxValue"/>.</exception>
    /// <inheritdoc cref="AddCount"/>
    public bool TryAddCount(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var use = _lease.Use(this);
        return _core.TryAdd(count);
    }

    /// <summary>Begins anew with the first number. Parts that were taken before do not count any more.</summary>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public void Reset()
    {
        using var use = _lease.Use(this);
        _core.Reset(null);
    }

    /// <summary>Begins anew. Parts that were taken before do not count any more.</summary>
    /// <param name="count">For how many signals it waits; 0 lets everybody go on.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public void Reset(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        using var use = _lease.Use(this);
        _core.Reset(count);
    }

    /// <summary>Waits until all signals have come.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    /// <exception cref="InvalidDataException">The memory was written to by something else.</exception>
    public void Wait(CancellationToken cancellationToken = default) => TryWait(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Waits until all signals have come, for a time.</summary>
    /// <param name="limit">The time; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the time has passed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative.</exception>
    /// <inheritdoc cref="Wait" path="/exception"/>
    public bool TryWait(TimeSpan limit, CancellationToken cancellationToken = default)
    {
        WaitLimit.Check(limit);
        using var use = _lease.Use(this);
        var wait = (_core.State, Before: _core.State.TimesSet);
        return _core.Waiting.Until(_lease, this, ref wait, Look, limit, cancellationToken);
    }

    /// <summary>Waits without a thread until all signals have come.</summary>
    /// <inheritdoc cref="Wait"/>
    public async ValueTask WaitAsync(CancellationToken cancellationToken = default) =>
        await TryWaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);

    /// <summary>Waits without a thread until all signals have come, for a time.</summary>
    /// <inheritdoc cref="TryWait"/>
    public async ValueTask<bool> TryWaitAsync(TimeSpan limit, CancellationToken cancellationToken = default)
    {
        WaitLimit.Check(limit);
        using var use = _lease.Use(this);
        return await _core.Waiting.UntilAsync(_lease, this, new StrongBox<(CountdownState State, long Before)>((_core.State, _core.State.TimesSet)), Look, limit, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    void ISharedObject.Arrive(SharedArrival arrival)
    {
        _lease = arrival.Open(static segment => new CountdownCore(segment));
        _core = _lease.Segment.Core<CountdownCore>();
    }

    /// <summary>Lets go of the countdown here; in other processes, and in other objects that stand for it, it goes on. Waits by this object end with an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _lease.Dispose();

    private static bool Look(ref (CountdownState State, long Before) wait) => wait.State.HasBeenSet(wait.Before);
}
