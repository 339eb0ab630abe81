using System.Buffers.Binary;
using Multitasking.Interop;
using Multitasking.SharedMemory;
using static Multitasking.Interop.Constants;

namespace Multitasking.Messaging;

/// <summary>
/// The descriptors that go with messages: through a socket beside the ring, which every process of the channel has both ends of.
/// </summary>
internal sealed unsafe partial class ChannelCore
{
    // The number of the message, and one that is like no other's.
    private const int CarriedHead = 2 * sizeof(long);

    private const int MostTries = 16;

    private SafeDescriptor? CarrierIn => _segment.Files.Count > 2 ? _segment.Files[1] : null;

    private SafeDescriptor? CarrierOut => _segment.Files.Count > 2 ? _segment.Files[2] : null;

    /// <summary>
    /// Sends the descriptors of a message, before it is published; under the writers' lock, so in the order of the messages.
    /// </summary>
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
        for (int tries = 1; DescriptorPassing.TrySend(CarrierIn!.Number, head, numbers, MSG_DONTWAIT) < 0; tries++)
        {
            // The user's processes have too many on their way (ETOOMANYREFS): where a message lies here, whoever takes it makes room.
            if (SystemError.Last is EAGAIN || (SystemError.Last is ETOOMANYREFS && !_ring.IsEmpty))
                return false;
            // No memory for it at this moment, of whose end nobody is told.
            if (SystemError.Last is not (ENOBUFS or ENOMEM or ETOOMANYREFS) || tries == MostTries)
                throw Failed(SystemError.FromLast("sendmsg"));
            Thread.Sleep(0);
        }
        return true;
    }

    /// <summary>Receives the descriptors of the message that is read next; under the readers' lock.</summary>
    /// <param name="message">The message.</param>
    /// <param name="descriptors">Its descriptors.</param>
    /// <param name="loss">Why they are lost, if that is for want of room in this process; else they went with a process that was
    /// killed.</param>
    /// <exception cref="IOException">They cannot be had now; the message stays.</exception>
    private bool TryReceive(ChannelRing.Message message, List<SafeDescriptor> descriptors, out IOException? loss)
    {
        loss = null;
        if (CarrierOut is not { } carrier)
            throw Membership.Scribbled("descriptors in a channel that has no way for them");
        if (message.Length < sizeof(long))
            throw Membership.Scribbled($"a message with descriptors in {message.Length} bytes");
        long tag = BinaryPrimitives.ReadInt64LittleEndian(message.Contents[^sizeof(long)..]);
        Span<byte> head = stackalloc byte[CarriedHead];
        while (true)
        {
            if (!TryPeek(carrier, head))
                return false;
            // Those of messages that a writer was killed before publishing, or a reader while it took them, come before.
            long ahead = BinaryPrimitives.ReadInt64LittleEndian(head) - message.Head.Messages;
            if (ahead is > 0 and < RingPosition.MostMessages or < -RingPosition.MostMessages)
                return false;
            try
            {
                if (DescriptorPassing.TryReceive(carrier.Number, head, descriptors, MSG_DONTWAIT) < 0)
                    return SystemError.Last == EAGAIN ? false : throw Failed(SystemError.FromLast("recvmsg"));
            }
            catch (IOException tooMany) when (tooMany.InnerException is null)
            {
                descriptors.Clear();
                if (ahead != 0)
                    continue;
                loss = tooMany;
                return false;
            }
            if (ahead == 0 && BinaryPrimitives.ReadInt64LittleEndian(head[sizeof(long)..]) == tag && descriptors.Count == message.Descriptors)
                return true;
            foreach (var descriptor in descriptors)
                descriptor.Dispose();
            descriptors.Clear();
        }
    }

    /// <summary>Looks for which message the next descriptors are.</summary>
    /// <returns>False when none lie there.</returns>
    private static bool TryPeek(SafeDescriptor carrier, Span<byte> head)
    {
        nint received;
        fixed (byte* room = head)
            do
                received = LibC.Receive(carrier.Number, room, CarriedHead, MSG_DONTWAIT | MSG_PEEK);
            while (received < 0 && SystemError.Last == EINTR);
        // Not to be told apart from a loss, any other error would cost the message.
        return received >= 0 || SystemError.Last == EAGAIN ? received == CarriedHead : throw Failed(SystemError.FromLast("recv"));
    }

    private static IOException Failed(Exception cause) =>
        new($"The descriptors of a message cannot cross at this moment: {cause.Message} Nothing was lost; try again.", cause);
}
