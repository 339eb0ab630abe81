using System.Runtime.CompilerServices;
using Multitasking.Interop;
using Multitasking.SharedMemory;

namespace Multitasking.Invocation.Shapes;

/// <summary>A channel, a lock, shared memory: by reference. Its descriptors go beside the bytes, and what is made of it there uses the same memory.</summary>
internal sealed class SharedShape(Type type) : Shape(type)
{
    internal static bool IsDisposed(object value) => RoleOf(value) is null;

    /// <summary>In which role it uses its memory; null for one that was disposed of.</summary>
    internal static int? RoleOf(object value)
    {
        try
        {
            return ((ISharedObject)value).Reference.Role;
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }

    internal override void WriteHead(GraphWriter writer, object value)
    {
        if (IsDisposed(value))
            throw writer.Refuse(value, "it was disposed of; pass it on before, or leave it out");
        var reference = ((ISharedObject)value).Reference;
        var segment = reference.Lease.Segment;
        Span<byte> id = stackalloc byte[16];
        segment.Id.TryWriteBytes(id);
        writer.Bytes.WriteNumber(writer.Crossing.Add(reference.Lease, reference.Role));
        writer.Bytes.WriteByte((byte)segment.Files.Count);
        foreach (var file in segment.Files)
            writer.Bytes.WriteNumber(file.Number);
        writer.Bytes.WriteBlock(id);
        writer.Bytes.WriteNumber(reference.Role);
        int slot = (segment.Core<object>() as IShared)?.Membership.Slot ?? 0;
        writer.Bytes.WriteNumber(slot);
        if (slot != 0)
            Write(writer, ProcessStamp.Own);
        Write(writer, segment.Size);
        Write(writer, reference.First);
        Write(writer, reference.Second);
    }

    internal override object ReadHead(GraphReader reader)
    {
        int number = reader.Bytes.ReadNumber();
        int count = reader.Bytes.ReadByte();
        var files = new List<SafeDescriptor>();
        for (int i = 0; i < count; i++)
            if (reader.Arrival.TakeDescriptor(number + i, reader.Bytes.ReadNumber()) is { } file)
                files.Add(file);
        var id = new Guid(reader.Bytes.Take(16));
        int role = reader.Bytes.ReadNumber(), slot = reader.Bytes.ReadNumber();
        var sender = new SharedSender(slot, slot != 0 ? Read(reader) : 0);
        long size = Read(reader), first = Read(reader), second = Read(reader);
        object value = RuntimeHelpers.GetUninitializedObject(Type);
        var arrival = new SharedArrival(files, id, size, role, first, second);
        ((ISharedObject)value).Arrive(arrival);
        reader.Arrival.Keep(value, arrival.Lease!, sender);
        return value;
    }

    private static void Write(GraphWriter writer, long number) => writer.Bytes.WriteBlock(BitConverter.GetBytes(number));

    private static long Read(GraphReader reader) => BitConverter.ToInt64(reader.Bytes.Take(sizeof(long)));
}
