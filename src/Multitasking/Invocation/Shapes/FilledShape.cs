using System.Collections;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A collection without type arguments: it is made empty, with its comparer, by its own constructor, and filled when all that is in it is
/// there.
/// </summary>
/// <param name="type">Its type.</param>
/// <param name="comparer">The type of its comparer, or none.</param>
/// <param name="comparerOf">Its comparer.</param>
/// <param name="make">Makes an empty one with a comparer.</param>
/// <param name="add">Adds a key and a value, or an item and nothing.</param>
internal sealed class FilledShape(
    Type type, Type? comparer, Func<object, object?> comparerOf, Func<object?, object> make, Action<object, object?, object?> add)
    : Shape(type)
{
    private static readonly Slot s_item = new(typeof(object));

    private readonly Slot? _comparer = comparer is null ? null : new Slot(comparer);
    private readonly bool _isOfPairs = typeof(IDictionary).IsAssignableFrom(type);
    private readonly bool _isStack = type.Name == "Stack";

    internal override bool HasBody => true;

    internal override bool IsFinishedLate => true;

    internal override void WriteHead(GraphWriter writer, object value)
    {
        if (value is IDictionary { IsReadOnly: true })
            throw writer.Refuse(value, "it is a read-only view of another; send that, and make the view in the target");
        if (_comparer is not null)
            ComparerCodec.Write(writer, _comparer, comparerOf(value));
    }

    internal override object ReadHead(GraphReader reader) => make(_comparer is null ? null : ComparerCodec.Read(reader, _comparer));

    internal override void WriteBody(GraphWriter writer, object value)
    {
        object?[] items = [.. (IEnumerable)value];
        // Last in, first out.
        if (_isStack)
            Array.Reverse(items);
        writer.Bytes.WriteNumber(items.Length);
        for (int i = 0; i < items.Length; i++)
            if (_isOfPairs)
                writer.WritePair(s_item, ((DictionaryEntry)items[i]!).Key, s_item, ((DictionaryEntry)items[i]!).Value, i);
            else
                writer.WriteValue(s_item, items[i], i);
    }

    internal override void ReadBody(GraphReader reader, object value)
    {
        int count = reader.ReadCount();
        if (_isOfPairs)
            reader.Claim(count);
        object?[] keys = new object?[count], values = new object?[_isOfPairs ? count : 0];
        for (int i = 0; i < count; i++)
        {
            keys[i] = reader.ReadMember(s_item, i);
            if (_isOfPairs)
                values[i] = reader.ReadMember(s_item, i);
        }
        reader.Note = (keys, values);
    }

    internal override void Finish(GraphReader reader, object value)
    {
        var (keys, values) = ((object?[], object?[]))reader.Note!;
        reader.BeginFilling(keys.Length);
        for (int i = 0; i < keys.Length; i++)
        {
            // Keys that collide cost each the number of those before.
            reader.Tick(1);
            Add(reader, value, keys[i], _isOfPairs ? values[i] : null);
        }
        reader.EndFilling();
    }

    private void Add(GraphReader reader, object value, object? key, object? item)
    {
        try
        {
            add(value, key, item);
        }
        catch (Exception exception) when (ComparerCodec.RunsOwnCode(_comparer is null ? null : comparerOf(value), key))
        {
            throw reader.NotMade("the comparison of its keys", exception);
        }
    }
}
