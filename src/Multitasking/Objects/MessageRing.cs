using Multitasking.Messaging;
using Multitasking.SharedMemory;
using Multitasking.Transport;

namespace Multitasking.Objects;

/// <summary>Makes the memory in which calls go one way and answers the other.</summary>
internal static class MessageRing
{
    /// <returns>The share of who reads.</returns>
    /// <exception cref="IOException">The system has no memory or descriptor for it.</exception>
    internal static SegmentLease Create()
    {
        var carrier = SocketPair.CreateForMessages();
        return SharedSegment.Create(
            "multitasking-object", SegmentLayout.Size + ChannelRing.MostBytes, SegmentLayout.Size, ChannelCore.ReaderRole,
            static segment => new ChannelCore(segment, RingPosition.MostMessages), carrier.Near, carrier.Far);
    }
}
