using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>What <c>GroupBy</c> and <c>ToLookup</c> yield: keys with their elements, grouped anew.</summary>
internal sealed class GroupingShape : ConvertedShape
{
    private readonly Parts _parts;

    private GroupingShape(Type type, Parts parts) : base(type, parts.Surrogate) => _parts = parts;

    protected override string Name => "groups";

    protected override string NameBack => "the comparison of its keys";

    internal static Shape Lookup(Type type) => Of(type, typeof(LookupParts<,>));

    internal static Shape Grouping(Type type) => Of(type, typeof(GroupingParts<,>));

    protected override object ToSurrogate(GraphWriter writer, object value) => _parts.Take(value);

    protected override object? FromSurrogate(object? surrogate) => surrogate is null ? null : _parts.Group(surrogate);

    private static GroupingShape Of(Type type, Type parts) =>
        new(type, (Parts)Activator.CreateInstance(parts.MakeGenericType(type.GenericTypeArguments))!);

    private abstract class Parts
    {
        internal abstract Type Surrogate { get; }

        internal abstract object Take(object value);

        internal abstract object Group(object surrogate);
    }

    private sealed class GroupingParts<TKey, TElement> : Parts
    {
        internal override Type Surrogate => typeof(Tuple<TKey, TElement[]>);

        internal override object Take(object value)
        {
            var group = (IGrouping<TKey, TElement>)value;
            return Tuple.Create(group.Key, group.ToArray());
        }

        internal override object Group(object surrogate)
        {
            var (key, elements) = (Tuple<TKey, TElement[]>)surrogate;
            return elements.ToLookup(_ => key).Single();
        }
    }

    /// <summary>A set of the keys keeps their order and their comparer.</summary>
    private sealed class LookupParts<TKey, TElement> : Parts
    {
        internal override Type Surrogate => typeof(Tuple<HashSet<TKey>, TElement[][]>);

        internal override object Take(object value)
        {
            var groups = (ILookup<TKey, TElement>)value;
            // The empty one has none.
            var comparer = groups is Lookup<TKey, TElement> lookup ? Fields<TKey, TElement>.Comparer(lookup) : null;
            var keys = new HashSet<TKey>(groups.Select(static group => group.Key), comparer);
            return Tuple.Create(keys, groups.Select(static group => group.ToArray()).ToArray());
        }

        internal override object Group(object surrogate)
        {
            var (keys, groups) = (Tuple<HashSet<TKey>, TElement[][]>)surrogate;
            return keys.Zip(groups).SelectMany(static group => group.Second.Select(element => (Key: group.First, Element: element)))
                .ToLookup(static pair => pair.Key, static pair => pair.Element, keys.Comparer);
        }
    }

    private static class Fields<TKey, TElement>
    {
        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_comparer")]
        internal static extern ref IEqualityComparer<TKey> Comparer(Lookup<TKey, TElement> lookup);
    }
}
