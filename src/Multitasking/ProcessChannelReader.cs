using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Multitasking.Messaging;
using Multitasking.SharedMemory;

namespace Multitasking;

/// <summary>
/// The end of a <see cref="ProcessChannel{T}"/> that messages are read from. It crosses to other processes by reference, and any number of
/// them may read: each message goes to one of them.
/// </summary>
/// <typeparam name="T">What messages are.</typeparam>
/// <remarks>
/// <para>Messages of one writer come in the order in which it wrote them. When the channel was completed, and when every process that could write to it is gone, reading ends as it does with
/// <see cref="Channel{T}"/>: <see cref="ChannelReader{T}.ReadAllAsync"/> comes to its end, <see cref="ReadAsync"/> throws
/// <see cref="ChannelClosedException"/>. If the channel was completed with an exception, or a writer was killed and none is left, that says
/// so.</para>
/// <para>All members are safe for use from several threads at once.</para>
/// </remarks>
public sealed class ProcessChannelReader<T> : ChannelReader<T>, IDisposable, ISharedObject
{
    private SegmentLease _lease;
    private ChannelCore _core;
    private Lazy<Task> _completion;

    internal ProcessChannelReader(SegmentLease lease) => Begin(lease);

    SharedReference ISharedObject.Reference
    {
        get
        {
            ObjectDisposedException.ThrowIf(_lease.IsReturned, this);
            return new SharedReference(_lease, _core.Capacity);
        }
    }

    internal SegmentLease Lease => _lease;

    /// <inheritdoc/>
    public override bool CanCount => true;

    /// <summary>How many messages wait to be read, by whomever.</summary>
    public override int Count
    {
        get
        {
            using var use = _lease.Use(this);
            return (int)Math.Min(int.MaxValue, _core.Count);
        }
    }

    /// <summary>
    /// Completes when nothing will come any more and all has been read; with the exception of <see cref="ChannelWriter{T}.TryComplete"/>,
    /// if there was one.
    /// </summary>
    public override Task Completion => _completion.Value;

    /// <summary>Takes a message that is there.</summary>
    /// <exception cref="InvalidDataException">The memory of the channel was scribbled over, or the message cannot be read.</exception>
    /// <exception cref="IOException">The message holds a shared object, for which this process has no descriptor free.</exception>
    public override bool TryRead([MaybeNullWhen(false)] out T item)
    {
        using var use = _lease.Use(this);
        return TryTake(out item) == ChannelOutcome.Done;
    }

    /// <summary>Takes a message, and waits for one on this thread.</summary>
    /// <exception cref="ChannelClosedException">Nothing will come any more.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was taken.</exception>
    public T Read(CancellationToken cancellationToken = default) =>
        TryRead(out var item, Timeout.InfiniteTimeSpan, cancellationToken) ? item : throw Closed();

    /// <summary>Takes a message, and waits for one on this thread, but not longer than a time.</summary>
    /// <param name="item">The message.</param>
    /// <param name="limit">How long; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is taken then.</param>
    /// <returns>False when the time has passed.</returns>
    /// <exception cref="ChannelClosedException">Nothing will come any more.</exception>
    public bool TryRead([MaybeNullWhen(false)] out T item, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        WaitLimit.Check(limit);
        using var use = _lease.Use(this);
        if (!cancellationToken.IsCancellationRequested && TryTake(out var taken) == ChannelOutcome.Done)
        {
            item = taken!;
            return true;
        }
        var attempt = new Attempt { Reader = this };
        bool isInTime = _core.Readers.Until(_lease, this, ref attempt, static (ref Attempt look) => look.Take(), limit, cancellationToken);
        item = attempt.Item;
        return attempt.Outcome == ChannelOutcome.Closed ? throw Closed() : isInTime;
    }

    /// <inheritdoc/>
    public override ValueTask<T> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(cancellationToken);
        using var use = _lease.Use(this);
        return TryTake(out var item) == ChannelOutcome.Done ? new ValueTask<T>(item!) : ReadSlowlyAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellationToken);
        using var use = _lease.Use(this);
        return _core.Count > 0 ? new ValueTask<bool>(true) : WaitSlowlyAsync(cancellationToken);
    }

    /// <summary>This process does not read from it any more, through this object.</summary>
    public void Dispose() => _lease.Dispose();

    [MemberNotNull(nameof(_lease), nameof(_core), nameof(_completion))]
    void ISharedObject.Arrive(SharedArrival arrival)
    {
        long capacity = arrival.First;
        MessageCodec<T>.Check();
        Begin(arrival.Open(segment => new ChannelCore(segment, capacity), ChannelCore.ReaderRole));
    }

    [MemberNotNull(nameof(_lease), nameof(_core), nameof(_completion))]
    private void Begin(SegmentLease lease)
    {
        _lease = lease;
        _core = lease.Segment.Core<ChannelCore>();
        _completion = new Lazy<Task>(CompleteAsync);
    }

    private ChannelOutcome TryTake(out T? item)
    {
        if (MessageCodec<T>.IsBlock)
            return _core.TryReadBlock(out item!);
        if (MessageCodec<T>.IsText || MessageCodec<T>.ElementSize > 0)
            return _core.TryReadBytes(out item!);
        item = default;
        var outcome = _core.TryTake(out var message);
        if (outcome != ChannelOutcome.Done)
            return outcome;
        try
        {
            item = GraphMessage.Read<T>(message);
            return outcome;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message.Rented);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> ReadSlowlyAsync(CancellationToken cancellationToken)
    {
        using var use = _lease.Use(this);
        var attempt = new StrongBox<Attempt>(new Attempt { Reader = this });
        await _core.Readers.UntilAsync(_lease, this, attempt, static (ref Attempt look) => look.Take(), Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        return attempt.Value.Outcome == ChannelOutcome.Done ? attempt.Value.Item! : throw Closed();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WaitSlowlyAsync(CancellationToken cancellationToken)
    {
        using var use = _lease.Use(this);
        var attempt = new StrongBox<Attempt>(new Attempt { Reader = this });
        await _core.Readers.UntilAsync(_lease, this, attempt, static (ref Attempt look) => look.See(), Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        if (attempt.Value.Outcome == ChannelOutcome.Done)
            _core.PassOnMessage();
        return attempt.Value.Outcome == ChannelOutcome.Done || (_core.FindFailure(Name) is { } failure ? throw failure : false);
    }

    private async Task CompleteAsync()
    {
        using var use = _lease.Use(this);
        var attempt = new StrongBox<Attempt>(new Attempt { Reader = this });
        await _core.End.UntilAsync(_lease, this, attempt, static (ref Attempt look) => look.IsOver(), Timeout.InfiniteTimeSpan, CancellationToken.None).ConfigureAwait(false);
        if (_core.FindFailure(Name) is { } failure)
            throw failure;
    }

    private static string Name => $"a channel of {Invocation.TypeNames.Of(typeof(T))}";

    private ChannelClosedException Closed() => new(_core.FindFailure(Name));

    /// <summary>Looks for what a wait is for.</summary>
    private struct Attempt
    {
        internal ProcessChannelReader<T> Reader;
        internal T? Item;
        internal ChannelOutcome Outcome;

        internal bool Take()
        {
            Outcome = Reader.TryTake(out Item);
            return Outcome != ChannelOutcome.NotNow || IsForsaken();
        }

        internal bool See()
        {
            Outcome = Reader._core.Count > 0 ? ChannelOutcome.Done : Reader._core.IsDrained ? ChannelOutcome.Closed : ChannelOutcome.NotNow;
            return Outcome != ChannelOutcome.NotNow || IsForsaken();
        }

        internal readonly bool IsOver() => Reader._core.IsDrained || (Reader._core.Count == 0 && Reader._core.HasLostWriters && Reader._core.Count == 0);

        private bool IsForsaken()
        {
            // What they wrote before their end is there by now.
            if (!Reader._core.HasLostWriters || Reader._core.Count > 0 || Reader._core.IsCompleted)
                return false;
            Outcome = ChannelOutcome.Closed;
            return true;
        }
    }
}
