using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Trusting;

/// <summary>
/// The assemblies that a type's declaration leads to: its own, those of its bases, of its elements and type arguments, and of the
/// declared types of its fields, and theirs. Found once for each type.
/// </summary>
internal static class DeclaredAssemblies
{
    private const BindingFlags OwnFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly ConditionalWeakTable<Type, HashSet<Assembly>> s_known = [];

    /// <summary>Those of a type, without the framework's and this library's own.</summary>
    internal static IReadOnlySet<Assembly> Of(Type type) => s_known.GetValue(type, static type => Find(type));

    private static HashSet<Assembly> Find(Type root)
    {
        var found = new HashSet<Assembly>();
        var seen = new HashSet<Type>();
        // Not a stack, whose class would be one more assembly to load.
        List<Type> open = [root];
        while (open.Count > 0)
        {
            var type = open[^1];
            open.RemoveAt(open.Count - 1);
            if (type.IsGenericParameter || !seen.Add(type))
                continue;
            if (type.HasElementType)
            {
                open.Add(type.GetElementType()!);
                continue;
            }
            foreach (var argument in type.GenericTypeArguments)
                open.Add(argument);
            if (ShapeCatalog.IsFrameworks(type.Assembly) || type.Assembly == typeof(DeclaredAssemblies).Assembly)
                continue;
            found.Add(type.Assembly);
            if (type.BaseType is { } based)
                open.Add(based);
            foreach (var field in type.GetFields(OwnFields))
                if (!Shapes.FieldsShape.IsLeftBehind(field) && TypeOf(field) is { } declared)
                    open.Add(declared);
        }
        return found;
    }

    private static Type? TypeOf(FieldInfo field)
    {
        try
        {
            return field.FieldType;
        }
        catch (Exception exception) when (exception is IOException or TypeLoadException or BadImageFormatException)
        {
            // Its assembly is not there, so there is no object of it either.
            return null;
        }
    }
}
