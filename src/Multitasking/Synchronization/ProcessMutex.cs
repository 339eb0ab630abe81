using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>Lets one at a time in, of all threads and asynchronous methods of all processes that have it.</summary>
/// <remarks>
/// <para>It has no name: other processes get it as an argument, a captured variable, or part of one. It is gone with the last process that has it.</para>
/// <para>
/// When a process dies, exits or disposes of the mutex while it holds it, the next one gets in within milliseconds, and is told by <see cref="MutexHold.OwnerDied"/>. It is not told by an exception, as with
/// <see cref="Mutex"/>: thrown by what stands in a <c>using</c>, that would leave the mutex held for ever.
/// </para>
/// <para>
/// It belongs to the process rather than a thread, so that what was entered before an <c>await</c> can be left behind it. A recursive one belongs to the thread, and cannot be entered asynchronously.
/// </para>
/// <para>Entering and leaving a mutex that nobody else wants makes no system call. Who waits sleeps. Who comes may overtake those that wait, for a millisecond at most; nobody waits for ever.</para>
/// <para>All members may be used by several threads at the same time.</para>
/// </remarks>
public sealed class ProcessMutex : IDisposable, ISharedObject
{
    // Neither readonly nor initialised: in another process it is made without a constructor.
    private SegmentLease _lease;
    private MutexCore _core;

    /// <summary>Makes one that nobody holds.</summary>
    /// <param name="isRecursive">Whether a thread that has entered it may enter it again.</param>
    /// <exception cref="IOException">The system has no memory or descriptor for it.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public ProcessMutex(bool isRecursive = false)
    {
        _lease = LockCore.Create(static segment => new MutexCore(segment));
        _core = _lease.Segment.Core<MutexCore>();
        _core.IsRecursive = isRecursive;
    }

    SharedReference ISharedObject.Reference => new(_lease);

    void ISharedObject.Arrive(SharedArrival arrival)
    {
        _lease = arrival.Open(static segment => new MutexCore(segment));
        _core = _lease.Segment.Core<MutexCore>();
    }

    /// <summary>Waits until nobody else holds it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to dispose of to leave it.</returns>
    /// <exception cref="LockRecursionException">This thread holds it already, and it is not recursive.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of, before or meanwhile.</exception>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public MutexHold Enter(CancellationToken cancellationToken = default)
    {
        TryEnter(Timeout.InfiniteTimeSpan, out var hold, cancellationToken);
        return hold;
    }

    /// <summary>Waits until nobody else holds it, but not longer than a time.</summary>
    /// <param name="limit">The time; zero to try only, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="hold">What to dispose of to leave it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the time has passed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <inheritdoc cref="Enter"/>
    public bool TryEnter(TimeSpan limit, out MutexHold hold, CancellationToken cancellationToken = default)
    {
        WaitLimit.Check(limit);
        cancellationToken.ThrowIfCancellationRequested();
        using var use = _lease.Use(this);
        bool isEntered = _core.Lock.TryEnterAtOnce(Environment.CurrentManagedThreadId, out var entry)
            || _core.TryEnterAgain(out entry)
            || _core.Lock.TryEnter(_lease, this, limit, out entry, cancellationToken);
        hold = isEntered ? new MutexHold(this, entry) : default;
        return isEntered;
    }

    /// <summary>Waits until nobody else holds it, without blocking a thread.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to dispose of to leave it, on any thread.</returns>
    /// <exception cref="InvalidOperationException">The mutex is recursive, and so belongs to a thread.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of, before or meanwhile.</exception>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public ValueTask<MutexHold> EnterAsync(CancellationToken cancellationToken = default)
    {
        var entering = TryEnterAsync(Timeout.InfiniteTimeSpan, cancellationToken);
        return entering.IsCompletedSuccessfully ? new ValueTask<MutexHold>(entering.Result!.Value) : AwaitAsync(entering);

        static async ValueTask<MutexHold> AwaitAsync(ValueTask<MutexHold?> entering) => (await entering.ConfigureAwait(false))!.Value;
    }

    /// <summary>Waits until nobody else holds it, without blocking a thread, but not longer than a time.</summary>
    /// <param name="limit">The time; zero to try only, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to dispose of to leave it, on any thread; null when the time has passed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <inheritdoc cref="EnterAsync"/>
    public ValueTask<MutexHold?> TryEnterAsync(TimeSpan limit, CancellationToken cancellationToken = default)
    {
        WaitLimit.Check(limit);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<MutexHold?>(cancellationToken);
        using var use = _lease.Use(this);
        if (_core.IsRecursive)
            throw new InvalidOperationException(
                "A recursive mutex belongs to the thread that entered it, and behind an await there may be another one. Use Enter, or make the mutex without isRecursive.");
        return _core.Lock.TryEnterAtOnce(thread: 0, out var entry) ? new ValueTask<MutexHold?>(new MutexHold(this, entry)) : WaitAsync(limit, cancellationToken);
    }

    /// <summary>Leaves it, on any thread of the process that entered it; where it is recursive, on the one that did, once for each time.</summary>
    /// <exception cref="SynchronizationLockException">This process does not hold it, or, where it is recursive, this thread does not.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public void Exit()
    {
        using var use = _lease.Use(this);
        _core.Exit();
    }

    /// <summary>
    /// Lets go of it in this process; other processes use it on. With the last object of this process, what the process holds counts as left by a dead owner. Waits on this object end with <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose() => _lease.Dispose();

    /// <summary>Leaves one entry, also where this object has been disposed of and another of this process has not.</summary>
    internal void Exit(Entry entry)
    {
        if (!_core.Membership.TryRetain())
            return;
        try
        {
            _core.Exit(entry.Number);
        }
        finally
        {
            _core.Membership.Release();
        }
    }

    private async ValueTask<MutexHold?> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var use = _lease.Use(this);
        return await _core.Lock.TryEnterAsync(_lease, this, limit, cancellationToken).ConfigureAwait(false) is { } entry ? new MutexHold(this, entry) : null;
    }
}
