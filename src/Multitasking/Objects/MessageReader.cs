using System.Diagnostics;
using Multitasking.Messaging;
using Multitasking.SharedMemory;

namespace Multitasking.Objects;

/// <summary>Takes messages out of a ring. One thread at a time.</summary>
/// <param name="lease">A share in the ring.</param>
/// <param name="askers">Where this process asks for what comes here, and may be refused; <see langword="null"/> for who answers.</param>
internal sealed class MessageReader(SegmentLease lease, Membership? askers = null) : IDisposable
{
    private static readonly TimeSpan s_longestFailure = TimeSpan.FromSeconds(5);

    private readonly ChannelCore _core = lease.Segment.Core<ChannelCore>();
    // So that the first look asks who is there.
    private int _changes = lease.Segment.Core<ChannelCore>().Membership.Changes - 1;

    private long _failingSince;

    internal SegmentLease Lease => lease;

    private Membership? Askers => askers;

    /// <summary>Tells whether no process is left that could write, and nothing is left of what they wrote.</summary>
    internal bool IsForsaken { get; private set; }

    /// <summary>Tells whether the other side has said that it cannot answer here.</summary>
    internal bool IsRefused { get; private set; }

    /// <summary>Waits on this thread.</summary>
    /// <returns><see langword="null"/> when the processes that write have become others, or when it is forsaken or refused.</returns>
    internal RingMessage? Read()
    {
        using var use = lease.Use(this);
        var attempt = new Attempt(this);
        _core.Readers.Until(lease, this, ref attempt, static (ref Attempt look) => look.Take(), Timeout.InfiniteTimeSpan, CancellationToken.None);
        return attempt.Message;
    }

    public void Dispose() => lease.Dispose();

    /// <summary>Takes a message if one lies there. What cannot be taken at this moment can be at the next look, mostly.</summary>
    private ChannelOutcome TryTake(out TakenMessage taken)
    {
        try
        {
            var outcome = _core.TryTake(out taken, isSoleReader: true);
            _failingSince = 0;
            return outcome;
        }
        catch (IOException) when (IsPatient())
        {
            taken = default;
            return ChannelOutcome.NotNow;
        }
    }

    private bool IsPatient()
    {
        if (_failingSince == 0)
            _failingSince = Stopwatch.GetTimestamp();
        return Stopwatch.GetElapsedTime(_failingSince) < s_longestFailure;
    }

    private struct Attempt(MessageReader reader)
    {
        internal RingMessage? Message { get; private set; }

        internal bool Take()
        {
            var core = reader._core;
            if (reader.TryTake(out var taken) == ChannelOutcome.Done)
            {
                Message = new RingMessage(taken);
                return true;
            }
            int changes = core.Membership.Changes;
            if (changes == reader._changes)
                return reader.IsRefused = reader.Askers?.TakeRefusal() == true;
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
