using Multitasking.Messaging;
using Multitasking.SharedMemory;

namespace Multitasking.Objects;

/// <summary>Makes the memory in which calls go one way and answers the other.</summary>
internal static class MessageRing
{
    /// <returns>The share of who reads.</returns>
    /// <exception cref="IOException">The system has no memory or descriptor for it.</exception>
    internal static SegmentLease Create() =>
        ChannelMemory.Create(
            "multitasking-object", RingPosition.MostMessages, ChannelRing.MostBytes, ChannelMemory.SmallestRing, mayShare: true);
}
