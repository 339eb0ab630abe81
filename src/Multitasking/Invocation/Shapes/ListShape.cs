using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Shapes;

/// <summary><see cref="List{T}"/> itself: its elements as an array cut to their number, not its spare room.</summary>
internal sealed class ListShape : Shape
{
    private readonly FieldInfo _items;
    private readonly FieldInfo _size;
    private readonly ArrayShape _array;

    internal ListShape(Type type) : base(type)
    {
        _items = type.GetField("_items", BindingFlags.Instance | BindingFlags.NonPublic)!;
        _size = type.GetField("_size", BindingFlags.Instance | BindingFlags.NonPublic)!;
        _array = (ArrayShape)ShapeCatalog.Get(_items.FieldType);
    }

    internal override bool HasBody => _array.HasBody;

    internal override void WriteHead(GraphWriter writer, object value) => _array.WriteHead(writer, Contents(value, out int count), count);

    internal override object ReadHead(GraphReader reader)
    {
        object list = RuntimeHelpers.GetUninitializedObject(Type);
        var items = (Array)_array.ReadHead(reader);
        _items.SetValue(list, items);
        _size.SetValue(list, items.Length);
        return list;
    }

    internal override void WriteBody(GraphWriter writer, object value) => _array.WriteBody(writer, Contents(value, out int count), count);

    internal override void ReadBody(GraphReader reader, object value) => _array.ReadBody(reader, _items.GetValue(value)!);

    /// <summary>Without a copy. Somebody who changes the list meanwhile gets what he asked for, but never more than its array holds.</summary>
    private Array Contents(object list, out int count)
    {
        var items = (Array)_items.GetValue(list)!;
        count = Math.Min(((ICollection)list).Count, items.Length);
        return items;
    }
}
