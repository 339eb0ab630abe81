using System.Runtime.CompilerServices;
using Multitasking.SharedMemory;

namespace Multitasking.Invocation.Shapes;

/// <summary>A channel, a lock, shared memory: by reference. Its descriptor goes beside the bytes, and what is made of it there uses the same memory.</summary>
internal sealed class SharedShape(Type type) : Shape(type)
{
    internal override void WriteHead(GraphWriter writer, object value)
    {
        var reference = ((ISharedObject)value).Reference;
        var segment = reference.Lease.Segment;
        Span<byte> id = stackalloc byte[16];
        segment.Id.TryWriteBytes(id);
        writer.Bytes.WriteNumber(writer.Crossing.Add(reference.Lease));
        writer.Bytes.WriteNumber(segment.File.Number);
        writer.Bytes.WriteBlock(id);
        writer.Bytes.WriteNumber(reference.Lease.Role);
        Write(writer, segment.Size);
        Write(writer, reference.First);
        Write(writer, reference.Second);
    }

    internal override object ReadHead(GraphReader reader)
    {
        int number = reader.Bytes.ReadNumber(), descriptor = reader.Bytes.ReadNumber();
        var id = new Guid(reader.Bytes.Take(16));
        int role = reader.Bytes.ReadNumber();
        long size = Read(reader), first = Read(reader), second = Read(reader);
        object value = RuntimeHelpers.GetUninitializedObject(Type);
        ((ISharedObject)value).Arrive(new SharedArrival(reader.Arrival.TakeDescriptor(number, descriptor), id, size, role, first, second));
        reader.Arrival.Keep(value);
        return value;
    }

    private static void Write(GraphWriter writer, long number) => writer.Bytes.WriteBlock(BitConverter.GetBytes(number));

    private static long Read(GraphReader reader) => BitConverter.ToInt64(reader.Bytes.Take(sizeof(long)));
}
