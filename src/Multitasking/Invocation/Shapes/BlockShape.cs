using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A value without references (numbers, enums, <see cref="decimal"/>, dates, <see cref="Guid"/>, such structs and tuples), as its
/// bytes in memory: both sides run the same build on the same runtime.
/// </summary>
internal sealed class BlockShape(Type type) : Shape(type)
{
    private readonly TypeCode _code = type.IsEnum ? TypeCode.Object : Type.GetTypeCode(type);

    private BlockCheck? _check;
    private bool _isCheckKnown;

    internal int Size { get; } = RuntimeHelpers.SizeOf(type.TypeHandle);

    /// <summary>Checks values that a child sent.</summary>
    /// <exception cref="InvalidDataException">They are none.</exception>
    internal void Check(ReadOnlySpan<byte> bytes)
    {
        if (!_isCheckKnown)
            (_check, _isCheckKnown) = (BlockCheck.For(Type), true);
        _check?.Check(bytes, 0, Size);
    }

    internal override void WriteHead(GraphWriter writer, object value) => writer.Bytes.WriteBlock(FieldPlace.BytesOf(value, 0, Size));

    internal override object ReadHead(GraphReader reader)
    {
        var bytes = reader.Bytes.Take(Size);
        // A box that the compiler makes costs a fraction of one that the runtime makes.
        switch (_code)
        {
            case TypeCode.Int32:
                return BitConverter.ToInt32(bytes);
            case TypeCode.Int64:
                return BitConverter.ToInt64(bytes);
            case TypeCode.Double:
                return BitConverter.ToDouble(bytes);
            case TypeCode.Boolean:
                return BitConverter.ToBoolean(bytes);
        }
        if (!reader.IsTrusted)
            Check(bytes);
        object value = RuntimeHelpers.GetUninitializedObject(Type);
        bytes.CopyTo(FieldPlace.BytesOf(value, 0, Size));
        return value;
    }
}
