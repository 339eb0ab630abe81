using System.Numerics;
using Multitasking.Interop;
using Multitasking.Messaging;
using Multitasking.SharedMemory;
using Multitasking.Transport;

namespace Multitasking;

/// <summary>Makes channels between processes.</summary>
public static class ProcessChannel
{
    private const long SmallestRing = 64 << 10;

    /// <summary>Makes a channel that holds a number of messages; whoever writes to a full one waits.</summary>
    /// <typeparam name="T">What messages are: anything that can travel to a child. Values without references cross as they are in memory.</typeparam>
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

    /// <summary>Makes a channel to which one can write without waiting, as long as there is memory: at most 4 GiB of what nobody has read.</summary>
    /// <inheritdoc cref="CreateBounded{T}(int)" path="/typeparam|/exception[@cref='TargetNotSupportedException']|/exception[@cref='IOException']|/exception[@cref='PlatformNotSupportedException']"/>
    public static ProcessChannel<T> CreateUnbounded<T>() => Create<T>(RingPosition.MostMessages);

    private static ProcessChannel<T> Create<T>(long capacity)
    {
        MessageCodec<T>.Check();
        // Twice what the messages take, so that none has to wait for the beginning of the ring; the end's exception finds room beside.
        long needed = MessageCodec<T>.FixedSize is var size and >= 0
            ? (long)UInt128.Min(2 * (UInt128)capacity * (UInt128)(ChannelRing.HeaderSize + ((size + 7) & ~7)) + (UInt128)SmallestRing, (UInt128)ChannelRing.MostBytes)
            : ChannelRing.MostBytes;
        long ring = (long)BitOperations.RoundUpToPowerOf2((ulong)needed);
        var carrier = MessageCodec<T>.MayShare ? SocketPair.CreateForMessages() : default;
        SafeDescriptor[] further = MessageCodec<T>.MayShare ? [carrier.Near, carrier.Far] : [];
        var reader = SharedSegment.Create(
            "multitasking-channel", SegmentLayout.Size + ring, SegmentLayout.Size, ChannelCore.ReaderRole, segment => new ChannelCore(segment, capacity), further);
        return new ProcessChannel<T>(reader, reader.Share(ChannelCore.WriterRole));
    }
}
