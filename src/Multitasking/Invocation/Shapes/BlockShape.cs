using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A value without references (numbers, enums, <see cref="decimal"/>, dates, <see cref="Guid"/>, such structs and tuples), as its
/// bytes in memory: both sides run the same build on the same runtime.
/// </summary>
internal sealed class BlockShape(Type type) : Shape(type)
{
    internal int Size { get; } = RuntimeHelpers.SizeOf(type.TypeHandle);

    internal override void WriteHead(GraphWriter writer, object value) => writer.Bytes.WriteBlock(Contents(value));

    internal override object ReadHead(GraphReader reader)
    {
        object value = RuntimeHelpers.GetUninitializedObject(Type);
        reader.Bytes.Take(Size).CopyTo(Contents(value));
        return value;
    }

    private Span<byte> Contents(object boxed) => MemoryMarshal.CreateSpan(ref Unsafe.As<FirstByte>(boxed).Value, Size);

    /// <summary>Any object seen as one whose first field is a byte: a view of a boxed value's memory.</summary>
    private sealed class FirstByte
    {
        internal byte Value;
    }
}
