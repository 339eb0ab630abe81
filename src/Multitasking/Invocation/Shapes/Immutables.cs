using System.Collections.Immutable;
using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>Builds the hash-based immutable collections, which have no public constructor.</summary>
internal static class Immutables
{
    internal static object Build(Type collection, Array items, object? comparer)
    {
        var factory = collection.GetGenericTypeDefinition() == typeof(ImmutableDictionary<,>)
            ? typeof(ImmutableDictionary)
            : typeof(ImmutableHashSet);
        foreach (var method in factory.GetMethods(BindingFlags.Public | BindingFlags.Static))
        {
            var parameters = method.GetParameters();
            if (method.Name == "CreateRange" && parameters.Length == 2 && parameters[1].ParameterType.Name.StartsWith("IEnumerable", StringComparison.Ordinal))
                return method.MakeGenericMethod(collection.GenericTypeArguments).Invoke(null, [comparer, items])!;
        }
        throw new InvalidOperationException($"{factory} has no CreateRange.");
    }
}
