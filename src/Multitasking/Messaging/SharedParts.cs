using System.Reflection;
using Multitasking.Invocation;

namespace Multitasking.Messaging;

/// <summary>Finds out whether objects of a type may hold shared ones, for which a channel needs a way for descriptors.</summary>
internal static class SharedParts
{
    internal static bool MayBeIn(Type type) => MayBeIn(type, []);

    /// <summary>By what is declared: where a class of its own stands, one derived from it is not thought of.</summary>
    private static bool MayBeIn(Type type, HashSet<Type> seen)
    {
        if (type.HasElementType)
            return MayBeIn(type.GetElementType()!, seen);
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(Type) || !seen.Add(type))
            return false;
        if (type == typeof(object) || type.IsInterface || type.IsAbstract || typeof(Delegate).IsAssignableFrom(type) || ShapeCatalog.IsShared(type))
            return true;
        if (type.IsGenericType && type.GenericTypeArguments.Any(argument => MayBeIn(argument, seen)))
            return true;
        if (ShapeCatalog.IsFrameworks(type.Assembly))
            return false;
        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
            foreach (var field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                if (MayBeIn(field.FieldType, seen))
                    return true;
        return false;
    }
}
