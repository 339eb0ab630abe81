using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// Where in an object the bytes of a field without references stand. Reflection would make a box for each value; it has no other way
/// that needs no code made at run time, which native code does not have.
/// </summary>
internal readonly struct FieldPlace
{
    // Far beyond any class; it ends a search that cannot be.
    private const int LargestOffset = 1 << 16;

    private readonly int _offset;
    private readonly int _size;

    private FieldPlace(int offset, int size)
    {
        _offset = offset;
        _size = size;
    }

    /// <summary>Whether the field is one of those, and was found.</summary>
    internal bool IsKnown => _size > 0;

    internal int Size => _size;

    /// <summary>Finds it by setting all bits of the field in an object that has no others set.</summary>
    internal static FieldPlace Of(Shape owner, FieldInfo field, Slot slot)
    {
        // A nullable value is not in place: it is preceded by whether there is one.
        if (!slot.IsInPlace || slot.Shape is not BlockShape block)
            return default;
        return OffsetOf(owner.Type, field) is var offset and >= 0 ? new FieldPlace(offset, block.Size) : default;
    }

    /// <summary>Where a field that is a block begins; -1 where it was not found.</summary>
    internal static int OffsetOf(Type owner, FieldInfo field)
    {
        object ones = RuntimeHelpers.GetUninitializedObject(field.FieldType), probe = RuntimeHelpers.GetUninitializedObject(owner);
        BytesOf(ones, 0, RuntimeHelpers.SizeOf(field.FieldType.TypeHandle)).Fill(byte.MaxValue);
        field.SetValue(probe, ones);
        for (int offset = 0; offset < LargestOffset; offset++)
            if (BytesOf(probe, offset, 1)[0] != 0)
                return offset;
        return -1;
    }

    /// <summary>The field's bytes in an object of the type that it was found for.</summary>
    internal Span<byte> In(object value) => BytesOf(value, _offset, _size);

    /// <summary>Any object seen as bytes; those of a boxed value are the value.</summary>
    internal static Span<byte> BytesOf(object value, int offset, int size) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref Unsafe.As<FirstByte>(value).Value, offset), size);

    private sealed class FirstByte
    {
        internal byte Value;
    }
}
