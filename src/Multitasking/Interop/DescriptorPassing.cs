using static Multitasking.Interop.Constants;

namespace Multitasking.Interop;

/// <summary>Open descriptors as part of a message (SCM_RIGHTS, unix(7)): the receiver gets its own for the same thing, and the sender may end meanwhile.</summary>
internal static unsafe class DescriptorPassing
{
    /// <summary>The kernel takes no more in one message (SCM_MAX_FD).</summary>
    internal const int Most = 253;

    private static readonly int s_room = sizeof(ControlHeader) + (Most * sizeof(int)) + sizeof(long);

    /// <summary>Sends bytes, and descriptors with the first of them.</summary>
    /// <returns>How many bytes were sent; -1, with errno set, when none were.</returns>
    internal static int TrySend(int socket, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> descriptors, int flags)
    {
        byte* control = stackalloc byte[s_room];
        fixed (byte* start = bytes)
        {
            var vector = new IoVector { Start = start, Length = (nuint)bytes.Length };
            var message = new MessageHeader { Vectors = &vector, VectorCount = 1 };
            if (descriptors.Length > 0)
            {
                int length = sizeof(ControlHeader) + (descriptors.Length * sizeof(int));
                *(ControlHeader*)control = new ControlHeader { Length = (nuint)length, Level = SOL_SOCKET, Kind = SCM_RIGHTS };
                descriptors.CopyTo(new Span<int>(control + sizeof(ControlHeader), descriptors.Length));
                message.Control = control;
                message.ControlLength = (nuint)((length + 7) & ~7);
            }
            nint sent;
            do
                sent = LibC.SendMessage(socket, &message, flags | MSG_NOSIGNAL);
            while (sent < 0 && SystemError.Last == EINTR);
            return (int)sent;
        }
    }

    /// <summary>Receives bytes, and the descriptors that came with them: each is this process' own, and closed to programs that it starts.</summary>
    /// <returns>How many bytes; 0 at the end of the stream; -1, with errno set, when there are none.</returns>
    /// <exception cref="IOException">This process cannot have so many descriptors open.</exception>
    internal static int TryReceive(int socket, Span<byte> room, ICollection<SafeDescriptor> descriptors, int flags)
    {
        byte* control = stackalloc byte[s_room];
        fixed (byte* start = room)
        {
            var vector = new IoVector { Start = start, Length = (nuint)room.Length };
            var message = new MessageHeader { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = (nuint)s_room };
            nint received;
            do
                received = LibC.ReceiveMessage(socket, &message, flags | MSG_CMSG_CLOEXEC);
            while (received < 0 && SystemError.Last == EINTR);
            if (received < 0)
                return -1;
            for (nuint at = 0; at + (nuint)sizeof(ControlHeader) <= message.ControlLength;)
            {
                var header = (ControlHeader*)(control + at);
                if (header->Length < (nuint)sizeof(ControlHeader) || header->Length > message.ControlLength - at)
                    break;
                if (header->Level == SOL_SOCKET && header->Kind == SCM_RIGHTS)
                    foreach (int descriptor in new ReadOnlySpan<int>(header + 1, (int)((header->Length - (nuint)sizeof(ControlHeader)) / sizeof(int))))
                        descriptors.Add(new SafeDescriptor(descriptor));
                at += (header->Length + 7) & ~(nuint)7;
            }
            if ((message.Flags & MSG_CTRUNC) == 0)
                return (int)received;
            foreach (var descriptor in descriptors)
                descriptor.Dispose();
            throw new IOException("Descriptors that another process sent were lost: this process has too many open. Dispose channels, locks and arrays that are not needed, or raise the limit (ulimit -n).");
        }
    }
}
