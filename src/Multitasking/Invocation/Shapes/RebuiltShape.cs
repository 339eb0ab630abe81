using System.Collections;
using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A collection of the framework as its items and its comparer, built anew on the other side: the insides of some depend on the process
/// (hash codes of strings differ in each), and those of all may be made up. A class derived from such a collection keeps its own fields
/// too.
/// </summary>
internal sealed class RebuiltShape : FieldsShape
{
    private readonly FrameworksPart _part;
    private readonly Type _item;
    private readonly Slot _itemSlot;
    private readonly bool _isStack;
    private readonly PropertyInfo? _itemsOf;
    private readonly PropertyInfo? _comparer;
    private readonly PropertyInfo? _count;
    private readonly Slot? _comparerSlot;
    private readonly CollectionBuilder _builder;

    /// <param name="type">The type of the object.</param>
    /// <param name="collection">The framework's collection that it is, or derives from.</param>
    internal RebuiltShape(Type type, Type collection) : base(type, stopAt: collection)
    {
        _part = new FrameworksPart(collection, FieldsOf(collection, stopAt: typeof(object)));
        // A priority queue is no sequence itself.
        _itemsOf = collection.GetProperty("UnorderedItems");
        _item = ItemOf(_itemsOf?.PropertyType ?? collection);
        _itemSlot = new Slot(_item);
        _isStack = collection.Name is "Stack`1" or "ConcurrentStack`1" or "ConcurrentBag`1" or "ImmutableStack`1";
        _comparer = collection.GetProperty("Comparer") ?? collection.GetProperty("KeyComparer");
        // What is equal is once in a set.
        _count = typeof(IEnumerable).IsAssignableFrom(collection) ? collection.GetProperty(nameof(ICollection.Count)) : null;
        _comparerSlot = _comparer is null ? null : new Slot(_comparer.PropertyType);
        _builder = new CollectionBuilder(collection, _item, _comparerSlot?.Declared);
    }

    internal override bool HasBody => true;

    /// <summary>Items that are compared have to be whole; all others are put in as they come.</summary>
    internal override bool IsFinishedLate => _comparer is not null;

    internal override void WriteHead(GraphWriter writer, object value)
    {
        if (_comparer is not null)
            ComparerCodec.Write(writer, _comparerSlot!, _comparer.GetValue(value));
    }

    internal override object ReadHead(GraphReader reader)
    {
        object value = base.ReadHead(reader);
        if (_comparer is not null)
            reader.Note = new Arrived(ComparerCodec.Read(reader, _comparerSlot!));
        return value;
    }

    internal override void WriteBody(GraphWriter writer, object value)
    {
        base.WriteBody(writer, value);
        var items = new List<object?>();
        object part = _part.Of(value);
        foreach (object? item in (IEnumerable)(_itemsOf is null ? part : _itemsOf.GetValue(part)!))
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
        var items = Array.CreateInstance(_item, reader.ReadCount());
        if (items is object?[] references)
            for (int i = 0; i < references.Length; i++)
                references[i] = reader.ReadMember(_itemSlot, i);
        else
            for (int i = 0; i < items.Length; i++)
                items.SetValue(reader.ReadMember(_itemSlot, i), i);
        if (_comparer is null)
            _part.Fill(value, _builder.Build(reader, items, null));
        else
            ((Arrived)reader.Note!).Items = items;
    }

    internal override void Finish(GraphReader reader, object value)
    {
        var arrived = (Arrived)reader.Note!;
        _part.Fill(value, Build(reader, arrived));
    }

    private object Build(GraphReader reader, Arrived arrived)
    {
        var items = arrived.Items!;
        try
        {
            object built = _builder.Build(reader, items, arrived.Comparer);
            int left = _count is null ? items.Length : (int)_count.GetValue(built)!;
            return left == items.Length
                ? built
                : throw new InvalidOperationException($"of {items.Length} items, which were different, {left} are");
        }
        catch (Exception exception)
            when (exception is not InvalidDataException && ComparerCodec.RunsOwnCode(arrived.Comparer, First(items)))
        {
            throw reader.NotMade("the comparison of its items", exception);
        }
    }

    private static object? First(Array items) => items.Length > 0 ? items.GetValue(0) : null;

    private static Type ItemOf(Type collection)
    {
        foreach (var face in collection.GetInterfaces())
            if (face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
                return face.GenericTypeArguments[0];
        return typeof(object);
    }

    private sealed class Arrived(object? comparer)
    {
        internal object? Comparer { get; } = comparer;

        internal Array? Items { get; set; }
    }
}
