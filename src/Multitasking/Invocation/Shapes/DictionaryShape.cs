using System.Collections;
using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// <see cref="Dictionary{TKey, TValue}"/> and what derives from it: built anew like the other hash-based collections, but without an object for each pair.
/// </summary>
internal sealed class DictionaryShape : FieldsShape
{
    private readonly FieldInfo[] _insides;
    private readonly PropertyInfo _comparer;
    private readonly Slot _comparerSlot;
    private readonly Slot _key;
    private readonly Slot _value;
    private ConstructorInfo? _constructor;

    /// <param name="type">The type of the object.</param>
    /// <param name="dictionary">The dictionary that it is, or derives from.</param>
    internal DictionaryShape(Type type, Type dictionary) : base(type, stopAt: dictionary)
    {
        _insides = FieldsOf(dictionary, stopAt: typeof(object));
        _comparer = dictionary.GetProperty(nameof(Dictionary<,>.Comparer))!;
        _comparerSlot = new Slot(_comparer.PropertyType);
        _key = new Slot(dictionary.GenericTypeArguments[0]);
        _value = new Slot(dictionary.GenericTypeArguments[1]);
    }

    internal static bool IsDictionary(Type collection) => collection.GetGenericTypeDefinition() == typeof(Dictionary<,>);

    internal override bool HasBody => true;

    internal override bool IsFinishedLate => true;

    internal override void WriteHead(GraphWriter writer, object value) => ComparerCodec.Write(writer, _comparerSlot, _comparer.GetValue(value));

    internal override object ReadHead(GraphReader reader)
    {
        object value = base.ReadHead(reader);
        reader.Note = ComparerCodec.Read(reader, _comparerSlot);
        return value;
    }

    internal override void WriteBody(GraphWriter writer, object value)
    {
        base.WriteBody(writer, value);
        var dictionary = (IDictionary)value;
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
            pairs.Keys[i] = reader.ReadValue(_key);
            pairs.Values[i] = reader.ReadValue(_value);
        }
        reader.Note = pairs;
    }

    internal override void Finish(GraphReader reader, object value)
    {
        var pairs = (Pairs)reader.Note!;
        _constructor ??= _insides[0].DeclaringType!.GetConstructor([typeof(int), _comparerSlot.Declared])!;
        var built = (IDictionary)_constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, [pairs.Keys.Length, pairs.Comparer], culture: null);
        for (int i = 0; i < pairs.Keys.Length; i++)
        {
            reader.Tick(1);
            built.Add(pairs.Keys[i]!, pairs.Values[i]);
        }
        foreach (var field in _insides)
            field.SetValue(value, field.GetValue(built));
    }

    private sealed class Pairs(object? comparer, int count)
    {
        internal object? Comparer { get; } = comparer;

        internal object?[] Keys { get; } = new object?[count];

        internal object?[] Values { get; } = new object?[count];
    }
}
