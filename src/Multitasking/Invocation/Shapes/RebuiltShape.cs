using System.Collections;
using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A collection whose insides depend on the process it lives in (hash codes of strings differ in each), as its items and its
/// comparer; it is built anew on the other side. A class derived from such a collection keeps its own fields too.
/// </summary>
internal sealed class RebuiltShape : FieldsShape
{
    private readonly Type _collection;
    private readonly FieldInfo[] _insides;
    private readonly Type _item;
    private readonly Slot _itemSlot;
    private readonly bool _isStack;
    private readonly PropertyInfo? _comparer;
    private readonly Slot? _comparerSlot;

    /// <param name="type">The type of the object.</param>
    /// <param name="collection">The framework's collection that it is, or derives from.</param>
    internal RebuiltShape(Type type, Type collection) : base(type, stopAt: collection)
    {
        _collection = collection;
        _insides = FieldsOf(collection, stopAt: typeof(object));
        _item = ItemOf(collection);
        _itemSlot = new Slot(_item);
        _isStack = collection.GetGenericTypeDefinition().Name.StartsWith("ConcurrentStack", StringComparison.Ordinal)
            || collection.GetGenericTypeDefinition().Name.StartsWith("ConcurrentBag", StringComparison.Ordinal);
        _comparer = collection.GetProperty("Comparer") ?? collection.GetProperty("KeyComparer");
        _comparerSlot = _comparer is null ? null : new Slot(_comparer.PropertyType);
    }

    internal override bool HasBody => true;

    internal override bool IsFinishedLate => true;

    internal override void WriteHead(GraphWriter writer, object value)
    {
        if (_comparer is not null)
            ComparerCodec.Write(writer, _comparerSlot!, _comparer.GetValue(value));
    }

    internal override object ReadHead(GraphReader reader)
    {
        object value = base.ReadHead(reader);
        object? comparer = _comparer is null ? null : ComparerCodec.Read(reader, _comparerSlot!);
        reader.Note = new Contents(comparer);
        return value;
    }

    internal override void WriteBody(GraphWriter writer, object value)
    {
        base.WriteBody(writer, value);
        var items = new List<object?>();
        foreach (object? item in (IEnumerable)value)
            items.Add(item);
        // Last in, first out: pushing them back in the order of enumeration would turn it around.
        if (_isStack)
            items.Reverse();
        writer.Bytes.WriteNumber(items.Count);
        for (int i = 0; i < items.Count; i++)
            writer.WriteValue(_itemSlot, items[i], i);
    }

    internal override void ReadBody(GraphReader reader, object value)
    {
        base.ReadBody(reader, value);
        var contents = (Contents)reader.Note!;
        contents.Items = Array.CreateInstance(_item, reader.ReadCount());
        for (int i = 0; i < contents.Items.Length; i++)
            contents.Items.SetValue(reader.ReadValue(_itemSlot), i);
    }

    internal override void Finish(GraphReader reader, object value)
    {
        var contents = (Contents)reader.Note!;
        object built = Build(contents);
        foreach (var field in _insides)
            field.SetValue(value, field.GetValue(built));
    }

    private object Build(Contents contents)
    {
        if (_collection.Namespace == "System.Collections.Immutable")
            return Immutables.Build(_collection, contents.Items!, contents.Comparer);
        object?[] arguments = _comparer is null ? [contents.Items] : [contents.Items, contents.Comparer];
        return Activator.CreateInstance(_collection, arguments)!;
    }

    private static Type ItemOf(Type collection)
    {
        foreach (var face in collection.GetInterfaces())
            if (face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
                return face.GenericTypeArguments[0];
        throw new InvalidOperationException($"{collection} is not a collection.");
    }

    private sealed class Contents(object? comparer)
    {
        internal object? Comparer { get; } = comparer;

        internal Array? Items { get; set; }
    }
}
