using System.Buffers;
using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// <see cref="Memory{T}"/> and <see cref="ReadOnlyMemory{T}"/>, by their fields. They trust what these hold as far as reading memory of the
/// process, so here it is looked at.
/// </summary>
internal sealed class MemoryShape : FieldsShape
{
    private readonly FieldInfo _object;
    private readonly FieldInfo _index;
    private readonly FieldInfo _length;
    private readonly Type _element;

    internal MemoryShape(Type type) : base(type)
    {
        _object = Field("_object");
        _index = Field("_index");
        _length = Field("_length");
        _element = type.GenericTypeArguments[0];
    }

    internal static bool IsMemory(Type type) =>
        type.IsConstructedGenericType && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(Memory<>) || definition == typeof(ReadOnlyMemory<>));

    internal override void ReadBody(GraphReader reader, object value)
    {
        base.ReadBody(reader, value);
        int index = (int)_index.GetValue(value)!, length = (int)_length.GetValue(value)!;
        long room = _object.GetValue(value) switch
        {
            null => 0,
            Array array when array.GetType() == _element.MakeArrayType() => array.LongLength,
            string text when _element == typeof(char) => text.Length,
            var manager when typeof(MemoryManager<>).MakeGenericType(_element).IsInstanceOfType(manager) => int.MaxValue,
            _ => -1,
        };
        // The highest bit of the index says that the array is pinned.
        if (length < 0 || (index & int.MaxValue) + (long)length > room)
            throw Transport.ByteReader.Malformed($"a {Type} outside of what it refers to");
    }

    private FieldInfo Field(string name) => Type.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
}
