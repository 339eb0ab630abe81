using System.Buffers.Binary;
using Multitasking.Interop;

namespace Multitasking.Transport;

/// <summary>Receives the descriptors that go with a worker's tasks, in the order of the tasks.</summary>
internal sealed class DescriptorReceiver(SafeDescriptor socket)
{
    /// <summary>Waits for those of a task; they may be still on their way when the task has arrived.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">They cannot be had.</exception>
    internal List<SafeDescriptor?> Receive(long task)
    {
        var descriptors = new List<SafeDescriptor?>();
        Span<byte> header = stackalloc byte[DescriptorSender.HeaderSize];
        do
        {
            int received = DescriptorPassing.TryReceive(socket.Number, header, descriptors!, 0);
            if (received < 0)
                throw SystemError.FromLast("recvmsg");
            if (received != header.Length || BinaryPrimitives.ReadInt64LittleEndian(header) != task)
                throw ByteReader.Malformed($"descriptors of another task than {task}");
        }
        while (descriptors.Count < BinaryPrimitives.ReadInt32LittleEndian(header[sizeof(long)..]));
        return descriptors;
    }
}
