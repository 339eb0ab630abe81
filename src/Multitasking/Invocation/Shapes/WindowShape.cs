using System.Buffers;
using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// <see cref="Memory{T}"/>, <see cref="ReadOnlyMemory{T}"/> and <see cref="ArraySegment{T}"/>, by their fields. They trust what these hold as far as
/// reading memory of the process, so here it is looked at.
/// </summary>
internal sealed class WindowShape : FieldsShape
{
    private readonly FieldInfo _object;
    private readonly FieldInfo _index;
    private readonly FieldInfo _length;
    private readonly Type _element;

    internal WindowShape(Type type) : base(type)
    {
        bool isSegment = type.GetGenericTypeDefinition() == typeof(ArraySegment<>);
        _object = Field(isSegment ? "_array" : "_object");
        _index = Field(isSegment ? "_offset" : "_index");
        _length = Field(isSegment ? "_count" : "_length");
        _element = type.GenericTypeArguments[0];
    }

    internal override void ReadBody(GraphReader reader, object value)
    {
        base.ReadBody(reader, value);
        int index = (int)_index.GetValue(value)!, length = (int)_length.GetValue(value)!;
        if (index < 0 && _index.Name == "_index")
        {
            // The highest bit says that the array is pinned. The one that was made here is not.
            index &= int.MaxValue;
            _index.SetValue(value, index);
        }
        long room = _object.GetValue(value) switch
        {
            null => 0,
            // A segment is used by checked indexes, whatever its array is of.
            Array array when _index.Name != "_index" || array.GetType() == _element.MakeArrayType() => array.LongLength,
            string text when _element == typeof(char) => text.Length,
            var manager when typeof(MemoryManager<>).MakeGenericType(_element).IsInstanceOfType(manager) => int.MaxValue,
            _ => -1,
        };
        if (index < 0 || length < 0 || index + (long)length > room)
            throw Transport.ByteReader.Malformed($"a {TypeNames.Of(Type)} outside of what it refers to");
    }

    private FieldInfo Field(string name) => Type.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
}
