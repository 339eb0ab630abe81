using System.Collections.Frozen;

namespace Multitasking.Invocation.Shapes;

/// <summary>A frozen collection, as an ordinary one with the same items and comparer; it is frozen anew.</summary>
internal sealed class FrozenShape : ConvertedShape
{
    private readonly Parts _parts;

    private FrozenShape(Type type, Parts parts) : base(type, parts.Surrogate) => _parts = parts;

    protected override string Name => "items";

    protected override string NameBack => "the comparison of its keys";

    internal static Shape Dictionary(Type type) => Of(type, typeof(DictionaryParts<,>));

    internal static Shape Set(Type type) => Of(type, typeof(SetParts<>));

    protected override object ToSurrogate(GraphWriter writer, object value) => _parts.Thaw(value);

    protected override object? FromSurrogate(object? surrogate) => surrogate is null ? null : _parts.Freeze(surrogate);

    private static FrozenShape Of(Type type, Type parts) =>
        new(type, (Parts)Activator.CreateInstance(parts.MakeGenericType(type.GenericTypeArguments))!);

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
            return new HashSet<T>(frozen, frozen.Comparer);
        }

        internal override object Freeze(object surrogate)
        {
            var thawed = (HashSet<T>)surrogate;
            return thawed.ToFrozenSet(thawed.Comparer);
        }
    }
}
