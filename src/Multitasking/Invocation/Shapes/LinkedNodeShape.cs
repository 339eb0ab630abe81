using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>A node of a linked list: its value, and the list, which says where in it the node stands.</summary>
internal sealed class LinkedNodeShape : Shape
{
    private readonly FieldInfo _value;
    private readonly PropertyInfo _list;
    private readonly Slot _valueSlot;
    private readonly Slot _listSlot;

    internal LinkedNodeShape(Type type) : base(type)
    {
        _value = type.GetField("item", BindingFlags.Instance | BindingFlags.NonPublic)!;
        _list = type.GetProperty(nameof(LinkedListNode<>.List))!;
        _valueSlot = new Slot(_value.FieldType);
        _listSlot = new Slot(_list.PropertyType);
    }

    internal override bool HasBody => true;

    internal override void WriteHead(GraphWriter writer, object value)
    {
    }

    internal override object ReadHead(GraphReader reader) => RuntimeHelpers.GetUninitializedObject(Type);

    internal override void WriteBody(GraphWriter writer, object value)
    {
        writer.WriteValue(_valueSlot, _value.GetValue(value), nameof(LinkedListNode<>.Value));
        writer.WriteValue(_listSlot, _list.GetValue(value), nameof(LinkedListNode<>.List));
    }

    internal override void ReadBody(GraphReader reader, object value)
    {
        _value.SetValue(value, reader.ReadValue(_valueSlot));
        // Which links its nodes itself.
        _ = reader.ReadValue(_listSlot);
    }
}
