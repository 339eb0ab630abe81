using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Multitasking.Messaging;
using Multitasking.SharedMemory;

namespace Multitasking;

/// <summary>
/// The end of a <see cref="ProcessChannel{T}"/> that messages are written to. It crosses to other processes by reference, and any number of
/// them may write.
/// </summary>
/// <typeparam name="T">What messages are.</typeparam>
/// <remarks>
/// <para>A message is there as a whole or not at all, whenever its writer is killed, and nobody waits for a writer that is gone. A bounded
/// channel that is full makes its writers wait; when no process is left that could read, they get <see cref="ChannelClosedException"/>
/// instead of waiting.</para>
/// <para>A process counts as a writer while it holds such an object that was not disposed of. All members are safe for use from several
/// threads at once.</para>
/// </remarks>
public sealed class ProcessChannelWriter<T> : ChannelWriter<T>, IDisposable, ISharedObject
{
    private SegmentLease _lease;
    private ChannelCore _core;

    internal ProcessChannelWriter(SegmentLease lease) => Begin(lease);

    SharedReference ISharedObject.Reference
    {
        get
        {
            ObjectDisposedException.ThrowIf(_lease.IsReturned, this);
            return new SharedReference(_lease, _core.Capacity);
        }
    }

    internal SegmentLease Lease => _lease;

    /// <summary>Writes a message if there is room.</summary>
    /// <exception cref="IOException">The message holds a shared object, for whose descriptor the system has no memory. Nothing was
    /// written.</exception>
    /// <exception cref="TargetNotSupportedException">Something in the message cannot travel.</exception>
    /// <exception cref="UntrustedObjectException">Something in it is of an assembly that the reader makes no objects of. Nothing was
    /// written.</exception>
    /// <exception cref="InvalidOperationException">The message is larger than 2 GB.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for it.</exception>
    /// <exception cref="InvalidDataException">The memory of the channel was scribbled over.</exception>
    public override bool TryWrite(T item)
    {
        using var use = _lease.Use(this);
        if (MessageCodec<T>.IsBlock)
            return _core.TryWriteBlock(item) == ChannelOutcome.Done;
        var attempt = new Attempt(this, item);
        try
        {
            attempt.Put();
        }
        finally
        {
            attempt.End();
        }
        return attempt.Outcome == ChannelOutcome.Done;
    }

    /// <summary>Writes a message, and waits for room on this thread.</summary>
    /// <exception cref="ChannelClosedException">The channel was completed, or nobody is left to read.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was written.</exception>
    /// <inheritdoc cref="TryWrite(T)" path="/exception"/>
    public void Write(T item, CancellationToken cancellationToken = default) => TryWrite(item, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Writes a message, and waits for room on this thread, but not longer than a time.</summary>
    /// <param name="item">The message.</param>
    /// <param name="limit">How long; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is written then.</param>
    /// <returns>False when the time has passed.</returns>
    /// <exception cref="ChannelClosedException">The channel was completed, or nobody is left to read.</exception>
    /// <inheritdoc cref="TryWrite(T)" path="/exception"/>
    public bool TryWrite(T item, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        WaitLimit.Check(limit);
        using var use = _lease.Use(this);
        // Nearly always there is room.
        if (MessageCodec<T>.IsBlock && !cancellationToken.IsCancellationRequested && _core.TryWriteBlock(item) == ChannelOutcome.Done)
            return true;
        var attempt = new Attempt(this, item);
        bool isInTime;
        try
        {
            isInTime = _core.Writers.Until(_lease, this, ref attempt, static (ref Attempt look) => look.Put(), limit, cancellationToken);
        }
        finally
        {
            attempt.End();
        }
        return attempt.Outcome == ChannelOutcome.Closed ? throw Closed() : isInTime;
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(T item, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        return MessageCodec<T>.IsBlock && TryWrite(item) ? default : WriteSlowlyAsync(item, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellationToken);
        using var use = _lease.Use(this);
        return !_core.IsCompleted && _core.Count < _core.Capacity && !_core.HasLostReaders ? new ValueTask<bool>(true) : WaitSlowlyAsync(cancellationToken);
    }

    /// <summary>Ends the channel, for all writers in all processes; readers get what was written before.</summary>
    /// <param name="error">What readers are told; it crosses as a <see cref="RemoteException"/>. Null for an end in good order.</param>
    /// <returns>False when it was completed before.</returns>
    public override bool TryComplete(Exception? error = null)
    {
        using var use = _lease.Use(this);
        return _core.TryComplete(error);
    }

    /// <summary>
    /// This process does not write to it any more, through this object. Readers are told when that holds for all processes.
    /// </summary>
    public void Dispose() => _lease.Dispose();

    [MemberNotNull(nameof(_lease), nameof(_core))]
    void ISharedObject.Arrive(SharedArrival arrival)
    {
        long capacity = arrival.First;
        MessageCodec<T>.Check();
        Begin(arrival.Open(segment => new ChannelCore(segment, capacity), ChannelCore.WriterRole));
    }

    [MemberNotNull(nameof(_lease), nameof(_core))]
    private void Begin(SegmentLease lease)
    {
        _lease = lease;
        _core = lease.Segment.Core<ChannelCore>();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteSlowlyAsync(T item, CancellationToken cancellationToken)
    {
        using var use = _lease.Use(this);
        var attempt = new StrongBox<Attempt>(new Attempt(this, item));
        try
        {
            await _core.Writers.UntilAsync(_lease, this, attempt, static (ref Attempt look) => look.Put(), Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            attempt.Value.End();
        }
        if (attempt.Value.Outcome == ChannelOutcome.Closed)
            throw Closed();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WaitSlowlyAsync(CancellationToken cancellationToken)
    {
        using var use = _lease.Use(this);
        var attempt = new StrongBox<Attempt>(new Attempt(this, default!));
        await _core.Writers.UntilAsync(_lease, this, attempt, static (ref Attempt look) => look.See(), Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        if (attempt.Value.Outcome == ChannelOutcome.Done)
            _core.PassOnRoom();
        return attempt.Value.Outcome == ChannelOutcome.Done;
    }

    private ChannelClosedException Closed() => _core.IsCompleted
        ? new ChannelClosedException(_core.FindFailure("a channel"))
        : new ChannelClosedException($"Nobody is left who could read from the channel of {Invocation.TypeNames.Of(typeof(T))}.");

    /// <summary>A message that is to be written.</summary>
    private struct Attempt(ProcessChannelWriter<T> writer, T item)
    {
        private GraphMessage? _graph;

        internal ChannelOutcome Outcome { get; private set; }

        internal bool Put()
        {
            Outcome = TryPut();
            return Outcome != ChannelOutcome.NotNow || IsForsaken();
        }

        internal bool See()
        {
            var core = writer._core;
            Outcome = core.IsCompleted ? ChannelOutcome.Closed : core.Count < core.Capacity ? ChannelOutcome.Done : ChannelOutcome.NotNow;
            return Outcome != ChannelOutcome.NotNow || IsForsaken();
        }

        internal readonly void End() => _graph?.End(Outcome == ChannelOutcome.Done);

        private ChannelOutcome TryPut()
        {
            var core = writer._core;
            if (MessageCodec<T>.IsBlock)
                return core.TryWriteBlock(item);
            if (MessageCodec<T>.IsText || MessageCodec<T>.ElementSize > 0)
                return item is null ? core.TryWrite(MessageKind.Null, []) : core.TryWrite(MessageKind.Value, MessageCodec<T>.BytesOf(item));
            _graph ??= GraphMessage.Write(item);
            return core.TryWrite(MessageKind.Value, _graph.Bytes, _graph);
        }

        private bool IsForsaken()
        {
            if (!writer._core.HasLostReaders)
                return false;
            Outcome = ChannelOutcome.Closed;
            return true;
        }
    }
}
