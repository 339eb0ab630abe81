using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Multitasking.Invocation;

/// <summary>Which of the framework's classes travel, and how. By name where a mention would load an assembly for nothing.</summary>
internal static class FrameworkTypes
{
    private static readonly HashSet<string> s_byFields =
    [
        "System.Object", "System.ValueType", "System.Version", "System.DBNull", "System.Random", "System.Random+ImplBase", "System.Random+XoshiroImpl",
        "System.Random+CompatSeedImpl", "System.Random+CompatDerivedImpl", "System.Random+CompatPrng", "System.Text.StringBuilder",
        "System.ArraySegment`1", "System.Memory`1", "System.ReadOnlyMemory`1", "System.Numerics.BigInteger", "System.Runtime.CompilerServices.StrongBox`1",
        "System.Collections.BitArray", "System.Collections.ArrayList", "System.Collections.Generic.KeyValuePair`2",
        "System.Collections.Generic.List`1", "System.Collections.Generic.Queue`1", "System.Collections.Generic.Stack`1",
        "System.Collections.Generic.LinkedList`1", "System.Collections.Generic.LinkedListNode`1", "System.Collections.Generic.PriorityQueue`2",
        "System.Collections.Generic.SortedList`2", "System.Collections.Generic.SortedDictionary`2", "System.Collections.Generic.SortedDictionary`2+KeyValuePairComparer",
        "System.Collections.Generic.SortedSet`1", "System.Collections.Generic.SortedSet`1+Node", "System.Collections.Generic.TreeSet`1",
        "System.Collections.Generic.GenericComparer`1", "System.Collections.Generic.ObjectComparer`1", "System.Collections.Generic.Comparer`1",
        "System.Collections.Generic.EqualityComparer`1", "System.Collections.Generic.GenericEqualityComparer`1",
        "System.Collections.Generic.ObjectEqualityComparer`1", "System.Collections.Generic.NullableEqualityComparer`1",
        "System.Collections.Generic.EnumEqualityComparer`1", "System.Collections.Generic.ByteEqualityComparer",
        "System.Collections.Generic.ComparisonComparer`1", "System.Collections.Generic.HashSetEqualityComparer`1",
        "System.Collections.ObjectModel.Collection`1", "System.Collections.ObjectModel.ReadOnlyCollection`1", "System.Collections.ObjectModel.ReadOnlyDictionary`2",
        "System.Collections.Immutable.ImmutableArray`1", "System.Collections.Immutable.ImmutableList`1", "System.Collections.Immutable.ImmutableList`1+Node",
        "System.Collections.Immutable.ImmutableSortedDictionary`2", "System.Collections.Immutable.ImmutableSortedDictionary`2+Node",
        "System.Collections.Immutable.ImmutableSortedSet`1", "System.Collections.Immutable.ImmutableSortedSet`1+Node",
        "System.Collections.Immutable.ImmutableStack`1", "System.Collections.Immutable.ImmutableQueue`1",
        "System.OrdinalComparer", "System.OrdinalCaseSensitiveComparer", "System.OrdinalIgnoreCaseComparer", "System.StringComparer",
        "System.Linq.Enumerable+Iterator`1", "System.Linq.Enumerable+RangeIterator`1", "System.Range", "System.Index",
    ];

    private static readonly Type[] s_hashed =
    [
        typeof(Dictionary<,>), typeof(HashSet<>), typeof(ConcurrentDictionary<,>), typeof(ConcurrentQueue<>), typeof(ConcurrentStack<>),
        typeof(ConcurrentBag<>), typeof(ImmutableDictionary<,>), typeof(ImmutableHashSet<>),
    ];

    /// <summary>The full names of all of them but the tuples. Multitasking.roots.xml keeps their fields in native code.</summary>
    internal static IEnumerable<string> Names => s_byFields.Concat(s_hashed.Select(static type => type.FullName!));

    /// <summary>Whether the fields of such an object mean the same in another process.</summary>
    internal static bool TravelByFields(Type type)
    {
        var definition = type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;
        if (definition.FullName is not { } name)
            return false;
        return s_byFields.Contains(name)
            || name.StartsWith("System.Tuple`", StringComparison.Ordinal)
            || name.StartsWith("System.ValueTuple`", StringComparison.Ordinal);
    }

    /// <summary>Whether an equality comparer is one that a collection takes by default: the core library has one for each kind of type.</summary>
    internal static bool IsDefaultComparer(Type type) =>
        type.Assembly == typeof(object).Assembly && type.Name is not ("HashSetEqualityComparer`1" or "DelegateEqualityComparer`1");

    /// <summary>The collection that a type is, or derives from, whose insides depend on the process.</summary>
    internal static Type? HashedBaseOf(Type type)
    {
        if (type.IsValueType)
            return null;
        for (var level = type; level is not null; level = level.BaseType)
            if (level.IsConstructedGenericType && Array.IndexOf(s_hashed, level.GetGenericTypeDefinition()) >= 0)
                return level;
        return null;
    }
}
