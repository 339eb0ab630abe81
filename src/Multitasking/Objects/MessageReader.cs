using System.Runtime.CompilerServices;
using Multitasking.Messaging;
using Multitasking.SharedMemory;

namespace Multitasking.Objects;

/// <summary>Takes messages out of a ring. One thread at a time.</summary>
internal sealed class MessageReader(SegmentLease lease) : IDisposable
{
    private readonly ChannelCore _core = lease.Segment.Core<ChannelCore>();
    // So that the first look asks who is there.
    private int _changes = lease.Segment.Core<ChannelCore>().Membership.Changes - 1;

    internal SegmentLease Lease => lease;

    /// <summary>Whether no process is left that could write, and nothing is left of what they wrote.</summary>
    internal bool IsForsaken { get; private set; }

    /// <summary>Waits on this thread.</summary>
    /// <returns><see langword="null"/> when the processes that write have become others, or when it is forsaken.</returns>
    internal RingMessage? Read()
    {
        using var use = lease.Use(this);
        var attempt = new Attempt(this);
        _core.Readers.Until(lease, this, ref attempt, static (ref Attempt look) => look.Take(), Timeout.InfiniteTimeSpan, CancellationToken.None);
        return attempt.Message;
    }

    /// <summary>Waits without a thread.</summary>
    /// <inheritdoc cref="Read"/>
    internal async ValueTask<RingMessage?> ReadAsync()
    {
        using var use = lease.Use(this);
        var attempt = new StrongBox<Attempt>(new Attempt(this));
        await _core.Readers.UntilAsync(lease, this, attempt, static (ref Attempt look) => look.Take(), Timeout.InfiniteTimeSpan, CancellationToken.None).ConfigureAwait(false);
        return attempt.Value.Message;
    }

    public void Dispose() => lease.Dispose();

    private struct Attempt(MessageReader reader)
    {
        internal RingMessage? Message { get; private set; }

        internal bool Take()
        {
            var core = reader._core;
            if (core.TryTake(out var taken, isSoleReader: true) == ChannelOutcome.Done)
            {
                Message = new RingMessage(taken);
                return true;
            }
            int changes = core.Membership.Changes;
            if (changes == reader._changes)
                return false;
            // What they wrote before their end is there by now.
            if (core.HasLostWriters)
            {
                if (core.Count > 0)
                    return Take();
                reader.IsForsaken = true;
            }
            reader._changes = changes;
            return true;
        }
    }
}
