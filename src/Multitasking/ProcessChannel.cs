using System.Numerics;
using Multitasking.Messaging;

namespace Multitasking;

/// <summary>Makes channels between processes.</summary>
public static class ProcessChannel
{
    /// <summary>Makes a channel that holds a number of messages; whoever writes to a full one waits.</summary>
    /// <typeparam name="T">
    /// What messages are: anything that can travel to a child. Values without references cross as they are in memory.
    /// </typeparam>
    /// <param name="capacity">How many messages it holds at most, of whatever size.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than 1.</exception>
    /// <exception cref="TargetNotSupportedException">No <typeparamref name="T"/> can travel.</exception>
    /// <exception cref="IOException">The system has no memory or descriptor for it.</exception>
    /// <exception cref="PlatformNotSupportedException">Not Linux.</exception>
    public static ProcessChannel<T> CreateBounded<T>(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        return Create<T>(capacity);
    }

    /// <summary>
    /// Makes a channel to which one can write without waiting, as long as there is memory: at most 4 GiB of what nobody has read.
    /// </summary>
    /// <inheritdoc cref="CreateBounded{T}(int)" path="/typeparam|/exception[@cref='TargetNotSupportedException']|/exception[@cref='IOException']|/exception[@cref='PlatformNotSupportedException']"/>
    public static ProcessChannel<T> CreateUnbounded<T>() => Create<T>(RingPosition.MostMessages);

    private static ProcessChannel<T> Create<T>(long capacity)
    {
        MessageCodec<T>.Check();
        // Twice what the messages take, so that none has to wait for the beginning of the ring; the end's exception finds room beside.
        UInt128 needed = MessageCodec<T>.FixedSize is var size and >= 0
            ? (2 * (UInt128)capacity * (UInt128)(ChannelRing.HeaderSize + ((size + 7) & ~7))) + (UInt128)ChannelMemory.SmallestRing
            : ChannelRing.MostBytes;
        long ring = (long)BitOperations.RoundUpToPowerOf2((ulong)UInt128.Min(needed, ChannelRing.MostBytes));
        // What was promised to hold a number of messages holds them; all else is content with less.
        bool isFixed = MessageCodec<T>.FixedSize >= 0 && capacity != RingPosition.MostMessages;
        long least = isFixed ? ring : ChannelMemory.SmallestRing;
        var reader = ChannelMemory.Create("multitasking-channel", capacity, ring, least, MessageCodec<T>.MayShare);
        return new ProcessChannel<T>(reader, reader.Share(ChannelCore.WriterRole));
    }
}
