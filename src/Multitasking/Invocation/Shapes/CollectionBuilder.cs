using System.Collections;
using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>Makes a collection of the framework of an array of its items, by its public members.</summary>
/// <remarks>
/// Their time grows with the number of items, or with that number and its logarithm, but for sets by hash code, where each item may collide
/// with all others: those are filled a few at a time, with a look at the clock in between.
/// </remarks>
internal sealed class CollectionBuilder(Type collection, Type item, Type? comparer)
{
    private const int AtOnce = 64;

    private ConstructorInfo? _constructor;
    private MethodInfo? _union;

    /// <summary>Makes one of these items.</summary>
    internal object Build(GraphReader reader, Array items, object? order) => collection.Name switch
    {
        "HashSet`1" => ByHashCode(reader, Invoke(items.Length, order), items),
        "ImmutableHashSet`1" => Immutables.Finished(ByHashCode(reader, Immutables.Builder(collection, order), items)),
        "ImmutableSortedSet`1" => Immutables.Call(Immutables.With(Immutables.Empty(collection), order), "Union", items),
        "ImmutableList`1" => Immutables.Call(Immutables.Empty(collection), "AddRange", items),
        "ImmutableQueue`1" => OneByOne("Enqueue", items),
        "ImmutableStack`1" => OneByOne("Push", items),
        _ => comparer is null ? Invoke(items) : Invoke(items, order),
    };

    private object ByHashCode(GraphReader reader, object set, Array items)
    {
        _union ??= set.GetType().GetMethod("UnionWith")!;
        reader.BeginFilling(items.Length);
        for (int at = 0; at < items.Length; at += AtOnce)
        {
            int count = Math.Min(AtOnce, items.Length - at);
            reader.Tick(count);
            var some = items;
            if (count < items.Length)
                Array.Copy(items, at, some = Array.CreateInstance(item, count), 0, count);
            _union.Invoke(set, BindingFlags.DoNotWrapExceptions, binder: null, [some], culture: null);
        }
        reader.EndFilling();
        return set;
    }

    private object OneByOne(string add, Array items)
    {
        object built = Immutables.Empty(collection);
        var method = collection.GetMethod(add, [item])!;
        foreach (object? one in items)
            built = method.Invoke(built, BindingFlags.DoNotWrapExceptions, binder: null, [one], culture: null)!;
        return built;
    }

    private object Invoke(params object?[] arguments)
    {
        Type first = arguments[0] is int ? typeof(int) : collection.IsGenericType ? typeof(IEnumerable<>).MakeGenericType(item) : typeof(ICollection);
        _constructor ??= collection.GetConstructor(comparer is null ? [first] : [first, comparer])!;
        return _constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
    }
}
