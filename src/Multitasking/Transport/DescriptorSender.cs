using System.Buffers.Binary;
using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Transport;

/// <summary>Sends the descriptors that go with a worker's tasks, without ever waiting for it: what the socket does not take at once is kept. Guarded by the pool's lock.</summary>
internal sealed class DescriptorSender(SafeDescriptor socket)
{
    // The task's number, and how many descriptors there are for it in all.
    internal const int HeaderSize = sizeof(long) + sizeof(int);

    private const int MostTries = 16;

    private readonly Queue<(byte[] Header, SafeDescriptor[] Descriptors)> _waiting = new();

    /// <summary>Sends what belongs to a task, before the task itself.</summary>
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
                // No memory for it at this moment, which nobody tells the end of: tried again here, and with what comes next.
                bool isShort = SystemError.Last is ENOBUFS or ENOMEM;
                if (isShort && ++tries < MostTries)
                    Thread.Sleep(0);
                else if (isShort || SystemError.Last is EAGAIN or ETOOMANYREFS)
                    return;
                else
                    break;
            }
            // Any other error: the worker is gone, and nothing that waits can matter any more.
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
