using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Shapes;

/// <summary><see cref="List{T}"/> itself: its elements as an array cut to their number, not its spare room.</summary>
internal sealed class ListShape : Shape
{
    private readonly FieldInfo _items;
    private readonly FieldInfo _size;
    private readonly Shape _array;

    internal ListShape(Type type) : base(type)
    {
        _items = type.GetField("_items", BindingFlags.Instance | BindingFlags.NonPublic)!;
        _size = type.GetField("_size", BindingFlags.Instance | BindingFlags.NonPublic)!;
        _array = ShapeCatalog.Get(_items.FieldType);
    }

    internal override bool HasBody => _array.HasBody;

    internal override void WriteHead(GraphWriter writer, object value)
    {
        var list = (ICollection)value;
        var items = Array.CreateInstanceFromArrayType(_items.FieldType, list.Count);
        list.CopyTo(items, 0);
        _array.WriteHead(writer, items);
    }

    internal override object ReadHead(GraphReader reader)
    {
        object list = RuntimeHelpers.GetUninitializedObject(Type);
        var items = (Array)_array.ReadHead(reader);
        _items.SetValue(list, items);
        _size.SetValue(list, items.Length);
        return list;
    }

    internal override void WriteBody(GraphWriter writer, object value)
    {
        int index = 0;
        foreach (object? item in (IEnumerable)value)
            writer.WriteValue(_items.FieldType.GetElementType()!, item, value, index++);
    }

    internal override void ReadBody(GraphReader reader, object value) => _array.ReadBody(reader, _items.GetValue(value)!);
}
