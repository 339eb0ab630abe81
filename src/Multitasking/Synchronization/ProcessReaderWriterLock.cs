using System.Runtime.CompilerServices;
using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>Lets either any number of readers in or one writer, of all threads and asynchronous methods of all processes that have it.</summary>
/// <remarks>
/// <para>It has no name: other processes get it as an argument, a captured variable, or part of one. It is gone with the last process that has it.</para>
/// <para>
/// When a process dies, exits or disposes of the lock while it reads, it reads no more. When it writes, the next one gets in within milliseconds, and all are told by <see cref="ReadHold.OwnerDied"/> and
/// <see cref="WriteHold.OwnerDied"/> up to and including the next writer.
/// </para>
/// <para>
/// Nobody starves: readers that come while a writer waits go behind it, and when a writer leaves, the readers that wait go before the next one. A writer that has waited for a millisecond goes before those that come.
/// </para>
/// <para>
/// What <see cref="EnterRead"/> and <see cref="EnterWrite"/> enter counts as this thread's until it is left, wherever that is done. A thread that reads may enter to read again, whoever waits; one that asks for more than it
/// can ever get gets a <see cref="LockRecursionException"/> rather than a deadlock: to write while it reads, which is to say upgrades, to write while it writes, to read while it writes. Code that may go on on another thread behind an
/// <c>await</c> uses <see cref="EnterReadAsync"/> and <see cref="EnterWriteAsync"/>, which belong to no thread, and so cannot be told.
/// </para>
/// <para>Entering and leaving a lock that nobody else wants makes no system call. Who waits sleeps.</para>
/// <para>All members may be used by several threads at the same time. At most 255 processes can use one lock.</para>
/// </remarks>
public sealed class ProcessReaderWriterLock : IDisposable, ISharedObject
{
    // Neither readonly nor initialised: in another process it is made without a constructor.
    private SegmentLease _lease;
    private ReaderWriterCore _core;

    /// <summary>Makes one that nobody has entered.</summary>
    /// <exception cref="IOException">The system has no memory or descriptor for it.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public ProcessReaderWriterLock()
    {
        _lease = LockCore.Create(static segment => new ReaderWriterCore(segment));
        _core = _lease.Segment.Core<ReaderWriterCore>();
    }

    /// <summary>How many are in it to read at this moment, in all processes.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    public int CurrentReadCount
    {
        get
        {
            using var use = _lease.Use(this);
            _core.Membership.CoverPeers();
            return _core.State.CurrentReaderCount;
        }
    }

    /// <summary>Whether somebody is in it to write at this moment, in any process.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    public bool IsWriteHeld
    {
        get
        {
            using var use = _lease.Use(this);
            _core.Membership.CoverPeers();
            return _core.State.WriterSlot != 0;
        }
    }

    SharedReference ISharedObject.Reference => new(_lease);

    void ISharedObject.Arrive(SharedArrival arrival)
    {
        _lease = arrival.Open(static segment => new ReaderWriterCore(segment));
        _core = _lease.Segment.Core<ReaderWriterCore>();
    }

    /// <summary>Waits until no writer is in it or before this one, and enters to read.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to dispose of to leave it.</returns>
    /// <exception cref="LockRecursionException">This thread would wait for itself.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of, before or meanwhile.</exception>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public ReadHold EnterRead(CancellationToken cancellationToken = default)
    {
        TryEnterRead(Timeout.InfiniteTimeSpan, out var hold, cancellationToken);
        return hold;
    }

    /// <summary>Waits until no writer is in it or before this one, but not longer than a time, and enters to read.</summary>
    /// <param name="limit">The time; zero to try only, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="hold">What to dispose of to leave it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the time has passed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <inheritdoc cref="EnterRead" path="/exception"/>
    public bool TryEnterRead(TimeSpan limit, out ReadHold hold, CancellationToken cancellationToken = default)
    {
        bool isEntered = TryEnter(isWrite: false, limit, out var entry, cancellationToken);
        hold = isEntered ? new ReadHold(this, entry) : default;
        return isEntered;
    }

    /// <summary>Waits until no writer is in it or before this one, without blocking a thread, and enters to read.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to dispose of to leave it, on any thread.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of, before or meanwhile.</exception>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public async ValueTask<ReadHold> EnterReadAsync(CancellationToken cancellationToken = default) =>
        (await TryEnterReadAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))!.Value;

    /// <summary>Waits until no writer is in it or before this one, without blocking a thread, but not longer than a time, and enters to read.</summary>
    /// <param name="limit">The time; zero to try only, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to dispose of to leave it, on any thread; null when the time has passed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <inheritdoc cref="EnterReadAsync" path="/exception"/>
    public async ValueTask<ReadHold?> TryEnterReadAsync(TimeSpan limit, CancellationToken cancellationToken = default) =>
        await TryEnterAsync(isWrite: false, limit, cancellationToken).ConfigureAwait(false) is { } entry ? new ReadHold(this, entry) : null;

    /// <summary>Leaves what <see cref="EnterRead"/> entered last on this thread.</summary>
    /// <exception cref="SynchronizationLockException">This thread has not entered it to read, or has left it already.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public void ExitRead()
    {
        using var use = _lease.Use(this);
        if (!_core.TryExit(Environment.CurrentManagedThreadId, isWrite: false))
            throw new SynchronizationLockException("This thread has not entered the lock to read, or has left it already. Leave it once for each time it was entered, or let `using` do it.");
    }

    /// <summary>Waits until nobody is in it, and enters to write.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to dispose of to leave it.</returns>
    /// <exception cref="LockRecursionException">This thread would wait for itself.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of, before or meanwhile.</exception>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public WriteHold EnterWrite(CancellationToken cancellationToken = default)
    {
        TryEnterWrite(Timeout.InfiniteTimeSpan, out var hold, cancellationToken);
        return hold;
    }

    /// <summary>Waits until nobody is in it, but not longer than a time, and enters to write.</summary>
    /// <param name="limit">The time; zero to try only, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="hold">What to dispose of to leave it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the time has passed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <inheritdoc cref="EnterWrite" path="/exception"/>
    public bool TryEnterWrite(TimeSpan limit, out WriteHold hold, CancellationToken cancellationToken = default)
    {
        bool isEntered = TryEnter(isWrite: true, limit, out var entry, cancellationToken);
        hold = isEntered ? new WriteHold(this, entry) : default;
        return isEntered;
    }

    /// <summary>Waits until nobody is in it, without blocking a thread, and enters to write.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to dispose of to leave it, on any thread.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of, before or meanwhile.</exception>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public async ValueTask<WriteHold> EnterWriteAsync(CancellationToken cancellationToken = default) =>
        (await TryEnterWriteAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))!.Value;

    /// <summary>Waits until nobody is in it, without blocking a thread, but not longer than a time, and enters to write.</summary>
    /// <param name="limit">The time; zero to try only, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to dispose of to leave it, on any thread; null when the time has passed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <inheritdoc cref="EnterWriteAsync" path="/exception"/>
    public async ValueTask<WriteHold?> TryEnterWriteAsync(TimeSpan limit, CancellationToken cancellationToken = default) =>
        await TryEnterAsync(isWrite: true, limit, cancellationToken).ConfigureAwait(false) is { } entry ? new WriteHold(this, entry) : null;

    /// <summary>Leaves what <see cref="EnterWrite"/> entered last on this thread.</summary>
    /// <exception cref="SynchronizationLockException">This thread has not entered it to write, or has left it already.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public void ExitWrite()
    {
        using var use = _lease.Use(this);
        if (!_core.TryExit(Environment.CurrentManagedThreadId, isWrite: true))
            throw new SynchronizationLockException("This thread has not entered the lock to write, or has left it already. Leave it once for each time it was entered, or let `using` do it.");
    }

    /// <summary>
    /// Lets go of it in this process; other processes use it on. With the last object of this process, what the process holds counts as left by a dead owner. Waits on this object end with <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose() => _lease.Dispose();

    /// <summary>Leaves one entry, also where this object has been disposed of and another of this process has not.</summary>
    internal void Exit(HoldToken token, bool isWrite)
    {
        if (!_core.Membership.TryRetain())
            return;
        try
        {
            _core.TryExit(token, isWrite);
        }
        finally
        {
            _core.Membership.Release();
        }
    }

    private bool TryEnter(bool isWrite, TimeSpan limit, out ReaderWriterEntry entry, CancellationToken cancellationToken)
    {
        WaitLimit.Check(limit);
        cancellationToken.ThrowIfCancellationRequested();
        using var use = _lease.Use(this);
        int thread = Environment.CurrentManagedThreadId;
        if (_core.TryEnter(isWrite, thread, cannotWait: limit == TimeSpan.Zero, out entry))
            return true;
        if (limit == TimeSpan.Zero)
        {
            // Whoever is in the way may be dead, and this one may be the only one to notice.
            _core.Membership.CoverPeers();
            return _core.TryEnter(isWrite, thread, cannotWait: true, out entry);
        }
        var wait = new ReaderWriterWait(_core, isWrite, thread);
        bool isEntered = false;
        _core.Queue(wait);
        try
        {
            isEntered = (isWrite ? _core.WaitingToWrite : _core.WaitingToRead).Until(_lease, this, ref wait, ReaderWriterWait.Look, limit, cancellationToken);
            entry = wait.Entry;
        }
        finally
        {
            if (!isEntered)
                _core.Unqueue(wait);
        }
        return isEntered;
    }

    private async ValueTask<ReaderWriterEntry?> TryEnterAsync(bool isWrite, TimeSpan limit, CancellationToken cancellationToken)
    {
        WaitLimit.Check(limit);
        cancellationToken.ThrowIfCancellationRequested();
        using var use = _lease.Use(this);
        if (_core.TryEnter(isWrite, thread: 0, cannotWait: limit == TimeSpan.Zero, out var entry))
            return entry;
        if (limit == TimeSpan.Zero)
        {
            _core.Membership.CoverPeers();
            return _core.TryEnter(isWrite, thread: 0, cannotWait: true, out entry) ? entry : null;
        }
        var wait = new ReaderWriterWait(_core, isWrite, thread: 0);
        bool isEntered = false;
        _core.Queue(wait);
        try
        {
            isEntered = await (isWrite ? _core.WaitingToWrite : _core.WaitingToRead).UntilAsync(_lease, this, new StrongBox<ReaderWriterWait>(wait), ReaderWriterWait.Look, limit, cancellationToken).ConfigureAwait(false);
            return isEntered ? wait.Entry : null;
        }
        finally
        {
            if (!isEntered)
                _core.Unqueue(wait);
        }
    }
}
