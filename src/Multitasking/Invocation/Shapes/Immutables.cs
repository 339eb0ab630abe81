using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>Builds immutable collections, which have no public constructor, from the empty one of their type.</summary>
internal static class Immutables
{
    /// <summary>The empty collection with these comparers, as a builder.</summary>
    internal static object Builder(Type collection, params object?[] comparers)
    {
        object empty = Empty(collection);
        if (Array.Exists(comparers, static comparer => comparer is not null))
            empty = With(empty, comparers);
        return Call(empty, "ToBuilder");
    }

    /// <summary>What a builder has built.</summary>
    internal static object Finished(object builder) => Call(builder, "ToImmutable");

    internal static object Empty(Type collection) =>
        collection.GetField("Empty", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) ?? collection.GetProperty("Empty", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    /// <summary>The same collection with other comparers.</summary>
    internal static object With(object collection, params object?[] comparers) => Call(collection, comparers.Length == 1 ? "WithComparer" : "WithComparers", comparers);

    /// <summary>Calls the method of that name with as many parameters.</summary>
    internal static object Call(object collection, string name, params object?[] arguments)
    {
        foreach (var method in collection.GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance))
            if (method.Name == name && method.GetParameters().Length == arguments.Length && IsForMany(method, arguments))
                return method.Invoke(collection, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null)!;
        throw new InvalidOperationException($"{collection.GetType()} has no {name}.");
    }

    /// <summary>Some have an overload for a span beside that for a sequence.</summary>
    private static bool IsForMany(MethodInfo method, object?[] arguments) => arguments is not [Array] || !method.GetParameters()[0].ParameterType.IsByRefLike;
}
