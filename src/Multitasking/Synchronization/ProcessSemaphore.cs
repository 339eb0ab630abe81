using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>Lets a number of those in that have it, in any process; the others wait.</summary>
/// <remarks>
/// <para>It has no name: other processes get it as an argument, a captured variable, or part of one. It is gone with the last process that has it.</para>
/// <para>
/// A permit is taken in one of two ways. <see cref="Enter"/> and its like <em>hold</em> one: it is returned by disposing of the hold, and also when the process dies, exits or disposes of the semaphore.
/// <see cref="Wait"/> and its like take one for good, to be released by whoever wants, as between a producer and a consumer; a process that dies takes those along.
/// </para>
/// <para>Taking a permit that is free and returning one that nobody waits for make no system call. Who waits sleeps. Who comes may overtake those that wait, for a millisecond at most; nobody waits for ever.</para>
/// <para>All members may be used by several threads at the same time.</para>
/// </remarks>
public sealed class ProcessSemaphore : IDisposable, ISharedObject
{
    // Neither readonly nor initialised: in another process it is made without a constructor.
    private SegmentLease _lease;
    private SemaphoreCore _core;

    /// <summary>Makes one.</summary>
    /// <param name="initial">How many permits are free at first.</param>
    /// <param name="maximum">How many there can be, free and held.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is not positive, or the initial number not between 0 and it.</exception>
    /// <exception cref="IOException">The system has no memory or descriptor for it.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public ProcessSemaphore(int initial, int maximum = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(initial);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initial, maximum);
        _lease = LockCore.Create(static segment => new SemaphoreCore(segment));
        _core = _lease.Segment.Core<SemaphoreCore>();
        _core.Begin(initial, maximum);
    }

    /// <summary>How many permits are free; another may change that at any moment.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    public int CurrentCount
    {
        get
        {
            using var use = _lease.Use(this);
            return _core.Count;
        }
    }

    SharedReference ISharedObject.Reference => new(_lease);

    void ISharedObject.Arrive(SharedArrival arrival)
    {
        _lease = arrival.Open(static segment => new SemaphoreCore(segment));
        _core = _lease.Segment.Core<SemaphoreCore>();
    }

    /// <summary>Waits for a permit and holds it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to dispose of to return it.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of, before or meanwhile.</exception>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public SemaphoreHold Enter(CancellationToken cancellationToken = default)
    {
        Take(isHeld: true, Timeout.InfiniteTimeSpan, cancellationToken);
        return new SemaphoreHold(this);
    }

    /// <summary>Waits for a permit and holds it, but does not wait longer than a time.</summary>
    /// <param name="limit">The time; zero to try only, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="hold">What to dispose of to return it; null when the time has passed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the time has passed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <inheritdoc cref="Enter"/>
    public bool TryEnter(TimeSpan limit, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SemaphoreHold? hold, CancellationToken cancellationToken = default)
    {
        hold = Take(isHeld: true, limit, cancellationToken) ? new SemaphoreHold(this) : null;
        return hold is not null;
    }

    /// <summary>Waits for a permit and holds it, without blocking a thread.</summary>
    /// <inheritdoc cref="Enter"/>
    public async ValueTask<SemaphoreHold> EnterAsync(CancellationToken cancellationToken = default)
    {
        await TakeAsync(isHeld: true, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        return new SemaphoreHold(this);
    }

    /// <summary>Waits for a permit and holds it, without blocking a thread, but does not wait longer than a time.</summary>
    /// <param name="limit">The time; zero to try only, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to dispose of to return it; null when the time has passed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <inheritdoc cref="EnterAsync"/>
    public async ValueTask<SemaphoreHold?> TryEnterAsync(TimeSpan limit, CancellationToken cancellationToken = default) =>
        await TakeAsync(isHeld: true, limit, cancellationToken).ConfigureAwait(false) ? new SemaphoreHold(this) : null;

    /// <summary>Waits for a permit and takes it for good.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of, before or meanwhile.</exception>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public void Wait(CancellationToken cancellationToken = default) => Take(isHeld: false, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Waits for a permit and takes it for good, but does not wait longer than a time.</summary>
    /// <param name="limit">The time; zero to try only, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the time has passed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <inheritdoc cref="Wait"/>
    public bool TryWait(TimeSpan limit, CancellationToken cancellationToken = default) => Take(isHeld: false, limit, cancellationToken);

    /// <summary>Waits for a permit and takes it for good, without blocking a thread.</summary>
    /// <inheritdoc cref="Wait"/>
    public async ValueTask WaitAsync(CancellationToken cancellationToken = default) =>
        await TakeAsync(isHeld: false, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);

    /// <summary>Waits for a permit and takes it for good, without blocking a thread, but does not wait longer than a time.</summary>
    /// <inheritdoc cref="TryWait"/>
    public ValueTask<bool> TryWaitAsync(TimeSpan limit, CancellationToken cancellationToken = default) => TakeAsync(isHeld: false, limit, cancellationToken);

    /// <summary>Adds permits: those that were taken for good, or new ones.</summary>
    /// <param name="count">How many.</param>
    /// <returns>How many were free before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    /// <exception cref="SemaphoreFullException">With those that are free and held, there would be more than the maximum; none was added.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public int Release(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var use = _lease.Use(this);
        return _core.Release(count);
    }

    /// <summary>
    /// Lets go of it in this process; other processes use it on. With the last object of this process, the permits that the process holds are returned. Waits on this object end with <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose() => _lease.Dispose();

    /// <summary>Returns a permit, also where this object has been disposed of and another of this process has not.</summary>
    internal void Return()
    {
        if (!_core.Membership.TryRetain())
            return;
        try
        {
            _core.Return();
        }
        finally
        {
            _core.Membership.Release();
        }
    }

    private bool Take(bool isHeld, TimeSpan limit, CancellationToken cancellationToken)
    {
        WaitLimit.Check(limit);
        cancellationToken.ThrowIfCancellationRequested();
        using var use = _lease.Use(this);
        return _core.TryTake(isHeld) || _core.Take(isHeld, _lease, this, limit, cancellationToken);
    }

    private ValueTask<bool> TakeAsync(bool isHeld, TimeSpan limit, CancellationToken cancellationToken)
    {
        WaitLimit.Check(limit);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellationToken);
        using var use = _lease.Use(this);
        return _core.TryTake(isHeld) ? new ValueTask<bool>(true) : WaitLongerAsync(isHeld, limit, cancellationToken);
    }

    private async ValueTask<bool> WaitLongerAsync(bool isHeld, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var use = _lease.Use(this);
        return await _core.TakeAsync(isHeld, _lease, this, limit, cancellationToken).ConfigureAwait(false);
    }
}
