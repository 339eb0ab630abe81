using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A linked list, as its nodes in their order: they may be known beside their list, so each is an object of its own. They are linked anew.
/// </summary>
internal sealed class LinkedListShape : FieldsShape
{
    private readonly Type _list;
    private readonly Slot _node;
    private readonly PropertyInfo _count;
    private readonly PropertyInfo _first;
    private readonly PropertyInfo _next;
    private MethodInfo? _addLast;

    /// <param name="type">The type of the object.</param>
    /// <param name="list">The linked list that it is, or derives from.</param>
    internal LinkedListShape(Type type, Type list) : base(type, stopAt: list)
    {
        _list = list;
        _count = list.GetProperty(nameof(LinkedList<>.Count))!;
        _first = list.GetProperty(nameof(LinkedList<>.First))!;
        _node = new Slot(_first.PropertyType);
        _next = _first.PropertyType.GetProperty(nameof(LinkedListNode<>.Next))!;
    }

    internal override bool HasBody => true;

    internal override void WriteBody(GraphWriter writer, object value)
    {
        base.WriteBody(writer, value);
        writer.Bytes.WriteNumber((int)_count.GetValue(value)!);
        int i = 0;
        for (object? node = _first.GetValue(value); node is not null; node = _next.GetValue(node))
            writer.WriteValue(_node, node, i++);
    }

    internal override void ReadBody(GraphReader reader, object value)
    {
        base.ReadBody(reader, value);
        _addLast ??= _list.GetMethod(nameof(LinkedList<>.AddLast), [_node.Declared])!;
        // It throws for a node that is in a list already, this one included.
        for (int left = reader.ReadCount(); left > 0; left--)
            _addLast.Invoke(value, BindingFlags.DoNotWrapExceptions, binder: null, [reader.ReadValue(_node)], culture: null);
    }
}
