using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Runtime.CompilerServices;
using Multitasking.Invocation.Shapes;

namespace Multitasking.Invocation.Values;

/// <summary>The collections without type arguments, as what is in them.</summary>
internal static class OldCollections
{
    internal static Shape? Hashtable(Type type)
    {
        if (type == typeof(Hashtable))
            return new FilledShape(
                type,
                typeof(IEqualityComparer),
                static collection => ComparerOf((Hashtable)collection),
                static comparer => new Hashtable((IEqualityComparer?)comparer),
                Add);
        return null;
    }

    internal static Shape? SortedList(Type type)
    {
        if (type == typeof(SortedList))
            return new FilledShape(
                type,
                typeof(IComparer),
                static collection => ComparerOf((SortedList)collection),
                static comparer => new SortedList((IComparer?)comparer),
                Add);
        return null;
    }

    internal static Shape? OrderedDictionary(Type type)
    {
        if (type == typeof(OrderedDictionary))
            return new FilledShape(
                type,
                typeof(IEqualityComparer),
                static collection => ComparerOf((OrderedDictionary)collection),
                static comparer => new OrderedDictionary((IEqualityComparer?)comparer),
                Add);
        return null;
    }

    internal static Shape? ListDictionary(Type type)
    {
        if (type == typeof(ListDictionary))
            return new FilledShape(
                type,
                typeof(IComparer),
                static collection => ComparerOf((ListDictionary)collection),
                static comparer => new ListDictionary((IComparer?)comparer),
                Add);
        return null;
    }

    internal static Shape? Comparer(Type type)
    {
        if (type == typeof(CaseInsensitiveComparer))
            return new ValueShape(
                type,
                static (writer, value) => writer.Bytes.WriteText(OrderOf((CaseInsensitiveComparer)value).Name),
                static reader => ComparerCodec.ReadCulture(reader) is { Name.Length: > 0 } culture
                    ? new CaseInsensitiveComparer(culture)
                    : CaseInsensitiveComparer.DefaultInvariant);
        return null;
    }

    internal static Shape? Queue(Type type)
    {
        if (type == typeof(Queue))
            return new FilledShape(
                type, null, None, static _ => new Queue(), static (collection, item, _) => ((Queue)collection).Enqueue(item));
        return null;
    }

    internal static Shape? Stack(Type type)
    {
        if (type == typeof(Stack))
            return new FilledShape(
                type, null, None, static _ => new Stack(), static (collection, item, _) => ((Stack)collection).Push(item));
        return null;
    }

    internal static Shape? StringCollection(Type type)
    {
        if (type == typeof(StringCollection))
            return new FilledShape(
                type, null, None, static _ => new StringCollection(),
                static (list, item, _) => ((StringCollection)list).Add((string?)item));
        return null;
    }

    private static void Add(object dictionary, object? key, object? value) => ((IDictionary)dictionary).Add(key!, value);

    private static object? None(object collection) => null;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_compareInfo")]
    private static extern ref CompareInfo OrderOf(CaseInsensitiveComparer comparer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_keycomparer")]
    private static extern ref IEqualityComparer? ComparerOf(Hashtable table);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "comparer")]
    private static extern ref IComparer ComparerOf(SortedList list);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_comparer")]
    private static extern ref IEqualityComparer? ComparerOf(OrderedDictionary list);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "comparer")]
    private static extern ref IComparer? ComparerOf(ListDictionary list);
}
