using System.Collections;
using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A dictionary of the framework and what derives from it, as its comparers and its pairs, put into a new one on the other side: hash codes
/// of strings differ by process, and a tree or a table that somebody made up need not end. A class derived from it keeps its own fields
/// too.
/// </summary>
internal sealed class DictionaryShape : FieldsShape
{
    private readonly Type _dictionary;
    private readonly FrameworksPart _part;
    private readonly PropertyInfo _comparer;
    private readonly PropertyInfo? _valueComparer;
    private readonly Slot _comparerSlot;
    private readonly Slot? _valueComparerSlot;
    private readonly Slot _key;
    private readonly Slot _value;
    private Func<object?, object?, int, IDictionary>? _make;

    /// <param name="type">The type of the object.</param>
    /// <param name="dictionary">The dictionary that it is, or derives from.</param>
    internal DictionaryShape(Type type, Type dictionary) : base(type, stopAt: dictionary)
    {
        _dictionary = dictionary;
        _part = new FrameworksPart(dictionary, FieldsOf(dictionary, stopAt: typeof(object)));
        _valueComparer = dictionary.GetProperty("ValueComparer");
        _comparer = (_valueComparer is null ? dictionary.GetProperty("Comparer") : dictionary.GetProperty("KeyComparer"))!;
        _comparerSlot = new Slot(_comparer.PropertyType);
        _valueComparerSlot = _valueComparer is null ? null : new Slot(_valueComparer.PropertyType);
        _key = new Slot(dictionary.GenericTypeArguments[0]);
        _value = new Slot(dictionary.GenericTypeArguments[1]);
    }

    internal override bool HasBody => true;

    internal override bool IsFinishedLate => true;

    internal override void WriteHead(GraphWriter writer, object value)
    {
        ComparerCodec.Write(writer, _comparerSlot, _comparer.GetValue(value));
        if (_valueComparer is not null)
            ComparerCodec.Write(writer, _valueComparerSlot!, _valueComparer.GetValue(value));
    }

    internal override object ReadHead(GraphReader reader)
    {
        object value = base.ReadHead(reader);
        object? comparer = ComparerCodec.Read(reader, _comparerSlot);
        object? valueComparer = _valueComparerSlot is null ? null : ComparerCodec.Read(reader, _valueComparerSlot);
        reader.Note = valueComparer is null ? comparer : new Comparers(comparer, valueComparer);
        return value;
    }

    internal override void WriteBody(GraphWriter writer, object value)
    {
        base.WriteBody(writer, value);
        var dictionary = (IDictionary)_part.Of(value);
        writer.Bytes.WriteNumber(dictionary.Count);
        var pairs = dictionary.GetEnumerator();
        for (int i = 0; pairs.MoveNext(); i++)
            writer.WritePair(_key, pairs.Key, _value, pairs.Value, i);
    }

    internal override void ReadBody(GraphReader reader, object value)
    {
        base.ReadBody(reader, value);
        int count = reader.ReadCount();
        reader.Claim(count);
        var pairs = new Pairs(reader.Note, count);
        for (int i = 0; i < count; i++)
        {
            pairs.Keys[i] = reader.ReadMember(_key, i);
            pairs.Values[i] = reader.ReadMember(_value, i);
        }
        reader.Note = pairs;
    }

    internal override void Finish(GraphReader reader, object value)
    {
        var pairs = (Pairs)reader.Note!;
        var comparers = pairs.Comparers as Comparers ?? new Comparers(pairs.Comparers, null);
        var built = (_make ??= Maker())(comparers.OfKeys, comparers.OfValues, pairs.Keys.Length);
        reader.BeginFilling(pairs.Keys.Length);
        for (int i = 0; i < pairs.Keys.Length; i++)
        {
            // Keys that collide cost each the number of those before.
            reader.Tick(1);
            Add(reader, built, comparers.OfKeys, pairs.Keys[i]!, pairs.Values[i]);
        }
        reader.EndFilling();
        _part.Fill(value, _valueComparer is null ? built : Immutables.Finished(built));
    }

    private static void Add(GraphReader reader, IDictionary built, object? comparer, object key, object? value)
    {
        try
        {
            built.Add(key, value);
        }
        catch (Exception exception) when (ComparerCodec.RunsOwnCode(comparer, key))
        {
            throw reader.NotMade($"the comparison of its keys", exception);
        }
    }

    /// <summary>Makes empty ones: by comparer, comparer of values and expected number.</summary>
    private Func<object?, object?, int, IDictionary> Maker()
    {
        if (_valueComparer is not null)
            return (keys, values, _) => (IDictionary)Immutables.Builder(_dictionary, keys, values);
        if (_dictionary.GetConstructor([typeof(int), _comparerSlot.Declared]) is { } sized)
            return (keys, _, count) => (IDictionary)sized.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, [count, keys], culture: null);
        var plain = _dictionary.GetConstructor([_comparerSlot.Declared])!;
        return (keys, _, _) => (IDictionary)plain.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, [keys], culture: null);
    }

    private sealed record Comparers(object? OfKeys, object? OfValues);

    private sealed class Pairs(object? comparers, int count)
    {
        internal object? Comparers { get; } = comparers;

        internal object?[] Keys { get; } = new object?[count];

        internal object?[] Values { get; } = new object?[count];
    }
}
