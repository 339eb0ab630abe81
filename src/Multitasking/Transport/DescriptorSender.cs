using System.Buffers.Binary;
using System.ComponentModel;
using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Transport;

/// <summary>
/// Sends the descriptors that go with a worker's tasks, without ever waiting for it: what the socket does not take at once is kept. Guarded
/// by the pool's lock.
/// </summary>
internal sealed class DescriptorSender(SafeDescriptor socket)
{
    // The task's number, and how many descriptors there are for it in all.
    internal const int HeaderSize = sizeof(long) + sizeof(int);

    private const int MostTries = 16;

    private readonly Queue<(byte[] Header, SafeDescriptor[] Descriptors)> _waiting = new();
    private Shortage _shortage;

    /// <summary>Sends what belongs to a task, before the task itself.</summary>
    /// <inheritdoc cref="Flush"/>
    internal void Send(long task, IReadOnlyList<SafeDescriptor> descriptors)
    {
        byte[] header = new byte[HeaderSize];
        BinaryPrimitives.WriteInt64LittleEndian(header, task);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(sizeof(long)), descriptors.Count);
        // Duplicates: the task may be over before they are sent.
        foreach (var some in descriptors.Chunk(DescriptorPassing.Most))
            _waiting.Enqueue((header, [.. some.Select(static descriptor => descriptor.Duplicate())]));
        Flush();
    }

    /// <summary>Sends what waits, as far as there is room.</summary>
    /// <exception cref="Win32Exception">The worker will not get what waits, and so cannot run what it goes with.</exception>
    internal void Flush()
    {
        Span<int> room = stackalloc int[DescriptorPassing.Most];
        while (_waiting.TryPeek(out var message))
        {
            var numbers = room[..message.Descriptors.Length];
            for (int i = 0; i < numbers.Length; i++)
                numbers[i] = message.Descriptors[i].Number;
            int tries = 0;
            while (DescriptorPassing.TrySend(socket.Number, message.Header, numbers, MSG_DONTWAIT) < 0)
            {
                int error = SystemError.Last;
                // There is no room, until the worker takes some.
                if (error == EAGAIN)
                    return;
                // No memory for it at this moment, which nobody tells the end of: tried again here, and when the pump comes by.
                if (error is ENOBUFS or ENOMEM && ++tries < MostTries)
                    Thread.Sleep(0);
                else if (error is ENOBUFS or ENOMEM or ETOOMANYREFS && _shortage.IsBorne())
                    return;
                else
                    throw SystemError.From("sendmsg", error);
            }
            _shortage.End();
            Close(_waiting.Dequeue().Descriptors);
        }
    }

    /// <summary>Lets go of what waits, and of the socket.</summary>
    internal void Close()
    {
        while (_waiting.TryDequeue(out var message))
            Close(message.Descriptors);
        socket.Dispose();
    }

    private static void Close(SafeDescriptor[] descriptors)
    {
        foreach (var descriptor in descriptors)
            descriptor.Dispose();
    }
}
