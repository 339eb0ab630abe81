namespace Multitasking.Invocation;

/// <summary>
/// Which of the framework's classes travel, and how: all others are refused. By name, because a mention would load an assembly for nothing.
/// </summary>
/// <remarks>
/// What a child sends is made into objects without their constructors, so a class of the framework goes by its fields only where none of
/// them decides how much memory is taken, which memory is touched, or how often a loop runs. docs/decisions/0020 has the reason for each.
/// </remarks>
internal static class FrameworkTypes
{
    private static readonly HashSet<string> s_byFields =
    [
        // No fields of their own.
        "System.Object", "System.ValueType", "System.EventArgs",
        // Values side by side, which the class itself only hands out. Tuples within tuples are counted (Nesting).
        "System.Runtime.CompilerServices.StrongBox`1", "System.Collections.Generic.KeyValuePair`2", "System.Collections.DictionaryEntry",
        "System.Collections.Immutable.ImmutableArray`1",
        "System.Tuple`1", "System.Tuple`2", "System.Tuple`3", "System.Tuple`4", "System.Tuple`5", "System.Tuple`6", "System.Tuple`7", "System.Tuple`8",
        "System.ValueTuple", "System.ValueTuple`1", "System.ValueTuple`2", "System.ValueTuple`3", "System.ValueTuple`4", "System.ValueTuple`5",
        "System.ValueTuple`6", "System.ValueTuple`7", "System.ValueTuple`8",
        // An index beside the items, by which one is looked up.
        "System.Collections.ObjectModel.KeyedCollection`2",
        // Numbers that are printed and compared.
        "System.Version",
        // Numbers, and an array of them that is used by checked indexes.
        "System.Random", "System.Random+ImplBase", "System.Random+XoshiroImpl", "System.Random+CompatSeedImpl", "System.Random+CompatDerivedImpl",
        "System.Random+CompatPrng",
        // No fields: what comparers of the program's own derive from. A set's comparer has none, or the comparers of its items; a
        // comparison is the program's own.
        "System.Collections.Generic.Comparer`1", "System.Collections.Generic.EqualityComparer`1", "System.StringComparer",
        "System.Collections.Generic.ComparisonComparer`1", "System.Collections.Generic.HashSetEqualityComparer`1",
        "System.Collections.Generic.SortedSetEqualityComparer`1",
        // Two numbers and where it is between them: it counts as far as any range may.
        "System.Linq.Enumerable+Iterator`1", "System.Linq.Enumerable+RangeIterator`1",
    ];

    // As contents: they are taken apart and built anew by their own public members.
    private static readonly Dictionary<string, Contents> s_contents = new()
    {
        ["System.Collections.Generic.Dictionary`2"] = Contents.Pairs,
        ["System.Collections.Concurrent.ConcurrentDictionary`2"] = Contents.Pairs,
        ["System.Collections.Generic.SortedDictionary`2"] = Contents.Pairs,
        ["System.Collections.Generic.OrderedDictionary`2"] = Contents.Pairs,
        ["System.Collections.Generic.SortedList`2"] = Contents.Pairs,
        ["System.Collections.Immutable.ImmutableDictionary`2"] = Contents.Pairs,
        ["System.Collections.Immutable.ImmutableSortedDictionary`2"] = Contents.Pairs,
        ["System.Collections.Generic.List`1"] = Contents.Items,
        ["System.Collections.Generic.Queue`1"] = Contents.Items,
        ["System.Collections.Generic.Stack`1"] = Contents.Items,
        ["System.Collections.Generic.HashSet`1"] = Contents.Items,
        ["System.Collections.Generic.SortedSet`1"] = Contents.Items,
        ["System.Collections.Generic.PriorityQueue`2"] = Contents.Items,
        ["System.Collections.ArrayList"] = Contents.Items,
        ["System.Collections.Concurrent.ConcurrentQueue`1"] = Contents.Items,
        ["System.Collections.Concurrent.ConcurrentStack`1"] = Contents.Items,
        ["System.Collections.Concurrent.ConcurrentBag`1"] = Contents.Items,
        ["System.Collections.Immutable.ImmutableList`1"] = Contents.Items,
        ["System.Collections.Immutable.ImmutableQueue`1"] = Contents.Items,
        ["System.Collections.Immutable.ImmutableStack`1"] = Contents.Items,
        ["System.Collections.Immutable.ImmutableHashSet`1"] = Contents.Items,
        ["System.Collections.Immutable.ImmutableSortedSet`1"] = Contents.Items,
        ["System.Collections.Generic.LinkedList`1"] = Contents.Nodes,
        ["System.Collections.Generic.LinkedListNode`1"] = Contents.Node,
        ["System.Collections.ObjectModel.Collection`1"] = Contents.Wrapped,
        ["System.Collections.ObjectModel.ReadOnlyCollection`1"] = Contents.Wrapped,
        ["System.Collections.ObjectModel.ReadOnlyDictionary`2"] = Contents.Wrapped,
        ["System.Collections.ObjectModel.ReadOnlySet`1"] = Contents.Wrapped,
        ["System.Collections.ObjectModel.ObservableCollection`1"] = Contents.Wrapped,
        ["System.Collections.Generic.Dictionary`2+KeyCollection"] = Contents.Wrapped,
        ["System.Collections.Generic.Dictionary`2+ValueCollection"] = Contents.Wrapped,
        ["System.Collections.Generic.SortedDictionary`2+KeyCollection"] = Contents.Wrapped,
        ["System.Collections.Generic.SortedDictionary`2+ValueCollection"] = Contents.Wrapped,
        ["System.Collections.Generic.SortedList`2+KeyList"] = Contents.Wrapped,
        ["System.Collections.Generic.SortedList`2+ValueList"] = Contents.Wrapped,
        ["System.Collections.ObjectModel.ReadOnlyDictionary`2+KeyCollection"] = Contents.Wrapped,
        ["System.Collections.ObjectModel.ReadOnlyDictionary`2+ValueCollection"] = Contents.Wrapped,
        ["System.Memory`1"] = Contents.Window,
        ["System.ReadOnlyMemory`1"] = Contents.Window,
        ["System.ArraySegment`1"] = Contents.Window,
        ["System.Text.StringBuilder"] = Contents.Text,
        ["System.Collections.BitArray"] = Contents.Bits,
        ["System.Numerics.BigInteger"] = Contents.Number,
    };

    /// <summary>The full names of those that travel by their fields.</summary>
    internal static IEnumerable<string> ByFields => s_byFields;

    /// <summary>The full names of those that travel as contents.</summary>
    internal static IEnumerable<string> ByContents => s_contents.Keys;

    /// <summary>Tells whether a class or struct of the framework travels by its fields.</summary>
    internal static bool TravelByFields(Type type) => NameOf(type) is { } name && s_byFields.Contains(name);

    /// <summary>
    /// Tells whether an equality comparer or an order is one that a collection takes by default: the core library has one for each kind of
    /// type.
    /// </summary>
    internal static bool IsDefaultComparer(Type type) =>
        type.Assembly == typeof(object).Assembly && type.Name is not ("DelegateEqualityComparer`1" or "ComparisonComparer`1")
        && type.BaseType is { IsConstructedGenericType: true } family && family.GetGenericTypeDefinition() is var definition
        && (definition == typeof(EqualityComparer<>) || definition == typeof(Comparer<>));

    /// <summary>The class of the framework that a type is, or derives from, whose objects travel as contents.</summary>
    internal static Type? ContentsBaseOf(Type type, out Contents contents)
    {
        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
            if (ShapeCatalog.IsFrameworks(level.Assembly) && NameOf(level) is { } name && s_contents.TryGetValue(name, out contents))
                return level;
        contents = default;
        return null;
    }

    private static string? NameOf(Type type) => (type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type).FullName;
}
