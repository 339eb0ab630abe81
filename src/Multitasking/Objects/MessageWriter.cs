using Multitasking.Messaging;
using Multitasking.SharedMemory;

namespace Multitasking.Objects;

/// <summary>Puts messages into a ring, from any thread.</summary>
internal sealed class MessageWriter(SegmentLease lease) : IDisposable
{
    private readonly ChannelCore _core = lease.Segment.Core<ChannelCore>();

    internal SegmentLease Lease => lease;

    /// <summary>Sends a message, and waits while so much lies there that there is no room.</summary>
    /// <returns>False when nobody is left to read it, or the time has passed.</returns>
    /// <exception cref="InsufficientMemoryException">There is no memory for it.</exception>
    internal bool Send(GraphMessage message, TimeSpan limit)
    {
        var attempt = new Attempt(_core, message);
        try
        {
            using var use = lease.Use(this);
            _core.Writers.Until(lease, this, ref attempt, static (ref Attempt look) => look.Put(), limit, CancellationToken.None);
        }
        finally
        {
            message.End(attempt.WasSent);
        }
        return attempt.WasSent;
    }

    public void Dispose() => lease.Dispose();

    private struct Attempt(ChannelCore core, GraphMessage message)
    {
        internal bool WasSent { get; private set; }

        internal bool Put()
        {
            WasSent = core.TryWrite(MessageKind.Value, message.Bytes, message) == ChannelOutcome.Done;
            return WasSent || core.HasLostReaders;
        }
    }
}
