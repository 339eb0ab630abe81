using System.Collections.Frozen;

namespace Multitasking.Invocation.Shapes;

/// <summary>A frozen collection, as an ordinary one with the same items and comparer; it is frozen anew.</summary>
internal sealed class FrozenShape : ConvertedShape
{
    private readonly Parts _parts;

    private FrozenShape(Type type, Parts parts) : base(type, parts.Surrogate) => _parts = parts;

    protected override string Name => "items";

    protected override string NameBack => "the comparison of its keys";

    /// <returns><see langword="null"/> in native code that cannot make such a one.</returns>
    internal static Shape? Dictionary(Type type) =>
        Of(type, DictionaryPartsOf(type) ?? NativeParts.Make<Parts>(typeof(DictionaryParts<,>), type));

    /// <inheritdoc cref="Dictionary"/>
    internal static Shape? Set(Type type) => Of(type, SetPartsOf(type) ?? NativeParts.Make<Parts>(typeof(SetParts<>), type));

    protected override object ToSurrogate(GraphWriter writer, object value) => _parts.Thaw(value);

    protected override object? FromSurrogate(object? surrogate) => surrogate is null ? null : _parts.Freeze(surrogate);

    private static FrozenShape? Of(Type type, Parts? parts) => parts is null ? null : new(type, parts);

    /// <remarks>
    /// The native compiler keeps what stands behind such a question where the program has a frozen dictionary at all: it understands the
    /// question if it is about numbers (docs/decisions/0027). Then there is one code for all classes, and one for each kind of numbers.
    /// </remarks>
    private static Parts? DictionaryPartsOf(Type type)
    {
        if (type == typeof(FrozenDictionary<int, int>))
            return KeptDictionaryParts(type);
        return null;
    }

    private static Parts? KeptDictionaryParts(Type type) =>
        NativeParts.Make<Parts>(typeof(DictionaryParts<,>).MakeGenericType(type.GenericTypeArguments),
            new DictionaryParts<int, int>(), new DictionaryParts<string, int>(), new DictionaryParts<int, string>());

    private static Parts? SetPartsOf(Type type)
    {
        if (type == typeof(FrozenSet<int>))
            return KeptSetParts(type);
        return null;
    }

    private static Parts? KeptSetParts(Type type) =>
        NativeParts.Make<Parts>(typeof(SetParts<>).MakeGenericType(type.GenericTypeArguments), new SetParts<int>());

    private abstract class Parts
    {
        internal abstract Type Surrogate { get; }

        internal abstract object Thaw(object value);

        internal abstract object Freeze(object surrogate);
    }

    private sealed class DictionaryParts<TKey, TValue> : Parts
        where TKey : notnull
    {
        internal override Type Surrogate => typeof(Dictionary<TKey, TValue>);

        internal override object Thaw(object value)
        {
            var frozen = (FrozenDictionary<TKey, TValue>)value;
            return new Dictionary<TKey, TValue>(frozen, frozen.Comparer);
        }

        internal override object Freeze(object surrogate)
        {
            var thawed = (Dictionary<TKey, TValue>)surrogate;
            return thawed.ToFrozenDictionary(thawed.Comparer);
        }
    }

    private sealed class SetParts<T> : Parts
    {
        internal override Type Surrogate => typeof(HashSet<T>);

        internal override object Thaw(object value)
        {
            var frozen = (FrozenSet<T>)value;
            var thawed = new HashSet<T>(frozen, frozen.Comparer);
            return thawed.Count == frozen.Count
                ? thawed
                : throw new InvalidOperationException("Items that were different are equal by now");
        }

        internal override object Freeze(object surrogate)
        {
            var thawed = (HashSet<T>)surrogate;
            return thawed.ToFrozenSet(thawed.Comparer);
        }
    }
}
