using System.Runtime.CompilerServices;
using Multitasking.Transport;

namespace Multitasking.Invocation.Shapes;

/// <summary>What <c>GroupBy</c> and <c>ToLookup</c> yield: keys with their elements, grouped anew.</summary>
internal sealed class GroupingShape : ConvertedShape
{
    private readonly Parts _parts;

    private GroupingShape(Type type, Parts parts) : base(type, parts.Surrogate) => _parts = parts;

    protected override string Name => "groups";

    protected override string NameBack => "the comparison of its keys";

    /// <returns><see langword="null"/> in native code that cannot make such a one.</returns>
    internal static Shape? Lookup(Type type) => Of(type, LookupPartsOf(type) ?? NativeParts.Make<Parts>(typeof(LookupParts<,>), type));

    /// <inheritdoc cref="Lookup"/>
    internal static Shape? Grouping(Type type) => Of(type, NativeParts.Make<Parts>(typeof(GroupingParts<,>), type));

    protected override object ToSurrogate(GraphWriter writer, object value) => _parts.Take(value);

    protected override object? FromSurrogate(object? surrogate) => surrogate is null ? null : _parts.Group(surrogate);

    private static GroupingShape? Of(Type type, Parts? parts) => parts is null ? null : new(type, parts);

    /// <remarks>See <see cref="FrozenShape"/>. A program that has groups has look-ups, whose class has a name.</remarks>
    private static Parts? LookupPartsOf(Type type)
    {
        if (type == typeof(Lookup<int, int>))
            return KeptLookupParts(type) ?? KeptGroupingParts(type);
        return null;
    }

    private static Parts? KeptLookupParts(Type type) =>
        NativeParts.Make<Parts>(typeof(LookupParts<,>).MakeGenericType(type.GenericTypeArguments),
            new LookupParts<int, int>(), new LookupParts<string, int>(), new LookupParts<int, string>());

    private static Parts? KeptGroupingParts(Type type) =>
        NativeParts.Make<Parts>(typeof(GroupingParts<,>).MakeGenericType(type.GenericTypeArguments),
            new GroupingParts<int, int>(), new GroupingParts<string, int>(), new GroupingParts<int, string>());

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
            foreach (var group in elements.ToLookup(_ => key))
                return group;
            throw new InvalidOperationException("A group without elements.");
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
            var keys = new HashSet<TKey>(comparer);
            var elements = new List<TElement[]>(groups.Count);
            foreach (var group in groups)
            {
                if (!keys.Add(group.Key))
                    throw new InvalidOperationException("Keys that were different are equal by now");
                elements.Add([.. group]);
            }
            return Tuple.Create(keys, elements.ToArray());
        }

        internal override object Group(object surrogate)
        {
            var (keys, groups) = (Tuple<HashSet<TKey>, TElement[][]>)surrogate;
            if (groups.Length != keys.Count)
                throw ByteReader.Malformed($"{groups.Length} groups of {keys.Count} keys");
            var pairs = new List<KeyValuePair<TKey, TElement>>();
            int at = 0;
            foreach (var key in keys)
                foreach (var element in groups[at++])
                    pairs.Add(new(key, element));
            return pairs.ToLookup(static pair => pair.Key, static pair => pair.Value, keys.Comparer);
        }
    }

    private static class Fields<TKey, TElement>
    {
        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_comparer")]
        internal static extern ref IEqualityComparer<TKey> Comparer(Lookup<TKey, TElement> lookup);
    }
}
