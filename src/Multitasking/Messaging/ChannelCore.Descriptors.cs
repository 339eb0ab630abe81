using System.Buffers.Binary;
using Multitasking.Interop;
using Multitasking.SharedMemory;
using static Multitasking.Interop.Constants;

namespace Multitasking.Messaging;

/// <summary>The descriptors that go with messages: through a socket beside the ring, which every process of the channel has both ends of.</summary>
internal sealed unsafe partial class ChannelCore
{
    // The number of the message, and one that is like no other's.
    private const int CarriedHead = 2 * sizeof(long);

    private SafeDescriptor? CarrierIn => _segment.Files.Count > 2 ? _segment.Files[1] : null;

    private SafeDescriptor? CarrierOut => _segment.Files.Count > 2 ? _segment.Files[2] : null;

    /// <summary>Sends the descriptors of a message, before it is published; under the writers' lock, so in the order of the messages.</summary>
    /// <returns>False when the socket holds as many as it can.</returns>
    private bool TrySend(RingPosition position, long tag, List<SafeDescriptor> descriptors)
    {
        if (descriptors.Count > byte.MaxValue || descriptors.Count > DescriptorPassing.Most)
            throw new InvalidOperationException($"A message with {descriptors.Count} descriptors of shared objects is more than the {DescriptorPassing.Most} that go into one.");
        Span<byte> head = stackalloc byte[CarriedHead];
        BinaryPrimitives.WriteInt64LittleEndian(head, position.Messages);
        BinaryPrimitives.WriteInt64LittleEndian(head[sizeof(long)..], tag);
        Span<int> numbers = stackalloc int[descriptors.Count];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = descriptors[i].Number;
        if (DescriptorPassing.TrySend(CarrierIn!.Number, head, numbers, MSG_DONTWAIT) >= 0)
            return true;
        return SystemError.Last is EAGAIN or ETOOMANYREFS ? false : throw SystemError.FromLast("sendmsg");
    }

    /// <summary>Receives the descriptors of the message that is read next; under the readers' lock.</summary>
    private bool TryReceive(ChannelRing.Message message, List<SafeDescriptor> descriptors)
    {
        if (CarrierOut is not { } carrier)
            throw Membership.Scribbled("descriptors in a channel that has no way for them");
        if (message.Length < sizeof(long))
            throw Membership.Scribbled($"a message with descriptors in {message.Length} bytes");
        long tag = BinaryPrimitives.ReadInt64LittleEndian(message.Contents[^sizeof(long)..]);
        Span<byte> head = stackalloc byte[CarriedHead];
        while (true)
        {
            fixed (byte* room = head)
                if (LibC.Receive(carrier.Number, room, CarriedHead, MSG_DONTWAIT | MSG_PEEK) != CarriedHead)
                    return false;
            // Those of messages that a writer was killed before publishing, or a reader while it took them, come before.
            long ahead = BinaryPrimitives.ReadInt64LittleEndian(head) - message.Head.Messages;
            if (ahead is > 0 and < RingPosition.MostMessages or < -RingPosition.MostMessages)
                return false;
            if (DescriptorPassing.TryReceive(carrier.Number, head, descriptors, MSG_DONTWAIT) < 0)
                return false;
            if (ahead == 0 && BinaryPrimitives.ReadInt64LittleEndian(head[sizeof(long)..]) == tag && descriptors.Count == message.Descriptors)
                return true;
            foreach (var descriptor in descriptors)
                descriptor.Dispose();
            descriptors.Clear();
        }
    }
}
