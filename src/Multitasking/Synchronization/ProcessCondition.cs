using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>A lock inside which one can wait until another, of any process, says that something has changed: what <see cref="Monitor"/> is inside a process.</summary>
/// <remarks>
/// <para><c>using (condition.Enter()) { condition.Wait(() =&gt; isReady); … }</c> on the one side, <c>using (condition.Enter()) { isReady = …; condition.PulseAll(); }</c> on the other.</para>
/// <para>It has no name: other processes get it as an argument, a captured variable, or part of one. It is gone with the last process that has it.</para>
/// <para>
/// A pulse goes to those that have waited longest, and to nobody who comes after it. Who gives up, or dies, takes no pulse along. When a process that has the condition dies or lets go of it, everybody who waits
/// wakes, for what they wait for may never come; a wait may also end for no reason at other times, seldom. So look again at what is waited for, or let <see cref="Wait(Func{bool}, CancellationToken)"/> do it.
/// </para>
/// <para>The lock is like a <see cref="ProcessMutex"/> that is not recursive: it belongs to the process, and the next one is told when its owner died (<see cref="ConditionHold.OwnerDied"/>).</para>
/// <para>All members may be used by several threads at the same time.</para>
/// </remarks>
public sealed class ProcessCondition : IDisposable, ISharedObject
{
    // Neither readonly nor initialised: in another process it is made without a constructor.
    private SegmentLease _lease;
    private ConditionCore _core;

    /// <summary>Makes one.</summary>
    /// <exception cref="IOException">The system has no memory or descriptor for it.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public ProcessCondition()
    {
        _lease = LockCore.Create(static segment => new ConditionCore(segment));
        _core = _lease.Segment.Core<ConditionCore>();
    }

    SharedReference ISharedObject.Reference => new(_lease);

    void ISharedObject.Arrive(SharedArrival arrival)
    {
        _lease = arrival.Open(static segment => new ConditionCore(segment));
        _core = _lease.Segment.Core<ConditionCore>();
    }

    /// <summary>Waits until nobody else is inside, and enters.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to dispose of to leave.</returns>
    /// <exception cref="LockRecursionException">This thread is inside already.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of, before or meanwhile.</exception>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public ConditionHold Enter(CancellationToken cancellationToken = default)
    {
        TryEnter(Timeout.InfiniteTimeSpan, out var hold, cancellationToken);
        return hold;
    }

    /// <summary>Waits until nobody else is inside, and enters, but does not wait longer than a time.</summary>
    /// <param name="limit">The time; zero to try only, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="hold">What to dispose of to leave.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the time has passed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <inheritdoc cref="Enter"/>
    public bool TryEnter(TimeSpan limit, out ConditionHold hold, CancellationToken cancellationToken = default)
    {
        WaitLimit.Check(limit);
        cancellationToken.ThrowIfCancellationRequested();
        using var use = _lease.Use(this);
        bool isEntered = _core.Lock.TryEnterAtOnce(Environment.CurrentManagedThreadId, out var entry);
        if (!isEntered)
        {
            if (_core.Lock.IsHeldByThisThread)
                throw new LockRecursionException("This thread has entered the condition already. Leave it first.");
            isEntered = _core.Lock.TryEnter(_lease, this, limit, out entry, cancellationToken);
        }
        hold = isEntered ? new ConditionHold(this, entry) : default;
        return isEntered;
    }

    /// <summary>Waits until nobody else is inside, without blocking a thread, and enters.</summary>
    /// <inheritdoc cref="Enter"/>
    public async ValueTask<ConditionHold> EnterAsync(CancellationToken cancellationToken = default) =>
        (await TryEnterAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))!.Value;

    /// <summary>Waits until nobody else is inside, without blocking a thread, and enters, but does not wait longer than a time.</summary>
    /// <param name="limit">The time; zero to try only, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to dispose of to leave; null when the time has passed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <inheritdoc cref="EnterAsync"/>
    public async ValueTask<ConditionHold?> TryEnterAsync(TimeSpan limit, CancellationToken cancellationToken = default)
    {
        WaitLimit.Check(limit);
        cancellationToken.ThrowIfCancellationRequested();
        using var use = _lease.Use(this);
        if (_core.Lock.TryEnterAtOnce(thread: 0, out var entry))
            return new ConditionHold(this, entry);
        return await _core.Lock.TryEnterAsync(_lease, this, limit, cancellationToken).ConfigureAwait(false) is { } later ? new ConditionHold(this, later) : null;
    }

    /// <summary>Leaves, waits for a pulse, and enters again.</summary>
    /// <param name="cancellationToken">Ends the wait; it is inside again when the exception is thrown.</param>
    /// <exception cref="SynchronizationLockException">This process is not inside.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of, before or meanwhile.</exception>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public void Wait(CancellationToken cancellationToken = default) => TryWait(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Waits until something is so, and looks again after each pulse.</summary>
    /// <param name="condition">Whether it is; called inside.</param>
    /// <param name="cancellationToken">Ends the wait; it is inside again when the exception is thrown.</param>
    /// <inheritdoc cref="Wait(CancellationToken)"/>
    public void Wait(Func<bool> condition, CancellationToken cancellationToken = default) => TryWait(condition, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Leaves, waits for a pulse, but not longer than a time, and enters again, which may take longer.</summary>
    /// <param name="limit">The time; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait; it is inside again when the exception is thrown.</param>
    /// <returns>False when the time has passed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <inheritdoc cref="Wait(CancellationToken)"/>
    public bool TryWait(TimeSpan limit, CancellationToken cancellationToken = default)
    {
        WaitLimit.Check(limit);
        cancellationToken.ThrowIfCancellationRequested();
        using var use = _lease.Use(this);
        return _core.Wait(_lease, this, limit, cancellationToken);
    }

    /// <summary>Waits until something is so, and looks again after each pulse, but not longer than a time.</summary>
    /// <param name="condition">Whether it is; called inside.</param>
    /// <param name="limit">The time; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait; it is inside again when the exception is thrown.</param>
    /// <returns>What the last look said.</returns>
    /// <inheritdoc cref="TryWait(TimeSpan, CancellationToken)"/>
    public bool TryWait(Func<bool> condition, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        WaitLimit.Check(limit);
        var deadline = new Deadline(limit);
        while (!condition())
            if (!TryWait(deadline.Left, cancellationToken))
                return condition();
        return true;
    }

    /// <summary>Leaves, waits for a pulse without blocking a thread, and enters again.</summary>
    /// <inheritdoc cref="Wait(CancellationToken)"/>
    public async ValueTask WaitAsync(CancellationToken cancellationToken = default) => await TryWaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);

    /// <summary>Waits until something is so, without blocking a thread, and looks again after each pulse.</summary>
    /// <inheritdoc cref="Wait(Func{bool}, CancellationToken)"/>
    public async ValueTask WaitAsync(Func<bool> condition, CancellationToken cancellationToken = default) =>
        await TryWaitAsync(condition, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);

    /// <summary>Leaves, waits for a pulse without blocking a thread, but not longer than a time, and enters again, which may take longer.</summary>
    /// <inheritdoc cref="TryWait(TimeSpan, CancellationToken)"/>
    public async ValueTask<bool> TryWaitAsync(TimeSpan limit, CancellationToken cancellationToken = default)
    {
        WaitLimit.Check(limit);
        cancellationToken.ThrowIfCancellationRequested();
        using var use = _lease.Use(this);
        return await _core.WaitAsync(_lease, this, limit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until something is so, without blocking a thread, and looks again after each pulse, but not longer than a time.</summary>
    /// <inheritdoc cref="TryWait(Func{bool}, TimeSpan, CancellationToken)"/>
    public async ValueTask<bool> TryWaitAsync(Func<bool> condition, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        WaitLimit.Check(limit);
        var deadline = new Deadline(limit);
        while (!condition())
            if (!await TryWaitAsync(deadline.Left, cancellationToken).ConfigureAwait(false))
                return condition();
        return true;
    }

    /// <summary>Wakes those that have waited longest; they go on when this one has left.</summary>
    /// <param name="count">How many at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    /// <exception cref="SynchronizationLockException">This process is not inside.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public void Pulse(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var use = _lease.Use(this);
        _core.Pulse(count);
    }

    /// <summary>Wakes everybody who waits; they go on, one after the other, when this one has left.</summary>
    /// <inheritdoc cref="Pulse"/>
    public void PulseAll()
    {
        using var use = _lease.Use(this);
        _core.PulseAll();
    }

    /// <summary>
    /// Lets go of it in this process; other processes use it on. With the last object of this process, an entry of the process counts as left by a dead owner. Waits on this object end with <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose() => _lease.Dispose();

    /// <summary>Leaves one entry, also where this object has been disposed of and another of this process has not.</summary>
    internal void Exit(Entry entry)
    {
        if (!_core.Membership.TryRetain())
            return;
        try
        {
            _core.Lock.TryExit(entry.Number);
        }
        finally
        {
            _core.Membership.Release();
        }
    }

    /// <summary>Whether an owner died while this entry waited inside.</summary>
    internal bool HasOwnerDied(Entry entry) => _core.Lock.Current is { OwnerDied: true } current && current.Number == entry.Number;
}
