namespace Multitasking.Messaging;

/// <summary>
/// How far one side of a channel has come, in one word, so that it is published at once: how many messages (33 bits), whether there will be no more (1 bit), and where in the ring, in units of
/// eight bytes (30 bits). Both counts wrap: what is compared are differences.
/// </summary>
internal readonly record struct RingPosition(long Word)
{
    private const int PlaceBits = 30, MessageShift = PlaceBits + 1;

    private const long PlaceMask = (1L << PlaceBits) - 1, CompletedBit = 1L << PlaceBits, MessageMask = (1L << (64 - MessageShift)) - 1;

    /// <summary>The greatest number of messages that can be told from none.</summary>
    internal const long MostMessages = MessageMask / 2;

    internal long Messages => (Word >>> MessageShift) & MessageMask;

    internal bool IsCompleted => (Word & CompletedBit) != 0;

    /// <summary>The place, counted over two rounds of the ring, so that a full ring is not taken for an empty one.</summary>
    internal long Place => Word & PlaceMask;

    internal static RingPosition Of(long messages, long place, bool isCompleted = false) =>
        new(((messages & MessageMask) << MessageShift) | (isCompleted ? CompletedBit : 0) | (place & PlaceMask));

    /// <summary>How many messages lie between this position and one behind it.</summary>
    internal long MessagesSince(RingPosition earlier) => (Messages - earlier.Messages) & MessageMask;
}
