using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>Lets those wait that have it, in any process, until something has happened.</summary>
/// <remarks>
/// <para>It has no name: other processes get it as an argument, a captured variable, or part of one. It is gone with the last process that has it.</para>
/// <para>A process that dies while it waits takes nothing along. One that has been let through by an event with <see cref="EventReset.Auto"/> and then dies was the one that was let through.</para>
/// <para>Setting, resetting and passing an event that is set make no system call unless somebody has to be woken. Who waits sleeps.</para>
/// <para>All members may be used by several threads at the same time.</para>
/// </remarks>
public sealed class ProcessEvent : IDisposable, ISharedObject
{
    // Neither readonly nor initialised: in another process it is made without a constructor.
    private SegmentLease _lease;
    private EventCore _core;

    /// <summary>Makes one.</summary>
    /// <param name="mode">What becomes of it when it has let somebody through.</param>
    /// <param name="isSet">Whether it is set from the start.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such mode.</exception>
    /// <exception cref="IOException">The system has no memory or descriptor for it.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public ProcessEvent(EventReset mode, bool isSet = false)
    {
        if (mode is not (EventReset.Manual or EventReset.Auto))
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "An event resets itself (EventReset.Auto), or is reset by hand (EventReset.Manual).");
        _lease = LockCore.Create(static segment => new EventCore(segment));
        _core = _lease.Segment.Core<EventCore>();
        _core.Begin(mode, isSet);
    }

    /// <summary>Whether it is set; another may change that at any moment.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    public bool IsSet
    {
        get
        {
            using var use = _lease.Use(this);
            return _core.IsSet;
        }
    }

    SharedReference ISharedObject.Reference => new(_lease);

    void ISharedObject.Arrive(SharedArrival arrival)
    {
        _lease = arrival.Open(static segment => new EventCore(segment));
        _core = _lease.Segment.Core<EventCore>();
    }

    /// <summary>Lets through everybody who waits, or exactly one with <see cref="EventReset.Auto"/>: one who waits, or the next who comes. An event that is set stays as it is.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    public void Set()
    {
        using var use = _lease.Use(this);
        _core.Set();
    }

    /// <summary>Lets nobody through any more, but those that waited when it was set by hand.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    public void Reset()
    {
        using var use = _lease.Use(this);
        _core.Reset();
    }

    /// <summary>Waits until it is set.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of, before or meanwhile.</exception>
    public void Wait(CancellationToken cancellationToken = default) => TryWait(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Waits until it is set, but not longer than a time.</summary>
    /// <param name="limit">The time; zero to try only, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the time has passed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <inheritdoc cref="Wait"/>
    public bool TryWait(TimeSpan limit, CancellationToken cancellationToken = default)
    {
        WaitLimit.Check(limit);
        cancellationToken.ThrowIfCancellationRequested();
        using var use = _lease.Use(this);
        return _core.TryPass() || _core.Pass(_lease, this, limit, cancellationToken);
    }

    /// <summary>Waits until it is set, without blocking a thread.</summary>
    /// <inheritdoc cref="Wait"/>
    public ValueTask WaitAsync(CancellationToken cancellationToken = default)
    {
        var waiting = TryWaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);
        if (!waiting.IsCompletedSuccessfully)
            return new ValueTask(waiting.AsTask());
        _ = waiting.Result;
        return default;
    }

    /// <summary>Waits until it is set, without blocking a thread, but not longer than a time.</summary>
    /// <inheritdoc cref="TryWait"/>
    public ValueTask<bool> TryWaitAsync(TimeSpan limit, CancellationToken cancellationToken = default)
    {
        WaitLimit.Check(limit);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellationToken);
        using var use = _lease.Use(this);
        return _core.TryPass() ? new ValueTask<bool>(true) : WaitLongerAsync(limit, cancellationToken);
    }

    /// <summary>Lets go of it in this process; other processes use it on. Waits on this object end with <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _lease.Dispose();

    private async ValueTask<bool> WaitLongerAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var use = _lease.Use(this);
        return await _core.PassAsync(_lease, this, limit, cancellationToken).ConfigureAwait(false);
    }
}
