using System.Reflection;

namespace Multitasking.TypeTable;

/// <summary>The public types of the shared framework, generic ones closed over numbers and texts.</summary>
internal static class Surface
{
    // Native code has one code for all classes; numbers are among the program's own.
    private static readonly Type[][] s_arguments = Native.Is ? [[typeof(string)]]
        : [[typeof(int)], [typeof(string)], [typeof(string), typeof(int)], [typeof(int), typeof(string)]];

    /// <summary>All of them by name, in its order, and those of the program's own.</summary>
    internal static IReadOnlyList<Type> Types() => [.. OwnTypes.Types.Concat(Framework).Concat(Settings.Types).Distinct()];

    internal static IReadOnlyList<Type> Framework { get; } =
    [
        .. (Native.Types ?? Installed()).Distinct()
            .Where(static type =>
                type is { IsByRefLike: false } && !(type.IsAbstract && type.IsSealed) && type != typeof(void)
                && (!type.IsInterface || (!Native.Is && type.Namespace!.StartsWith("System.Collections", StringComparison.Ordinal))))
            .SelectMany(Closed)
            .OrderBy(NameOf, StringComparer.Ordinal),
    ];

    private static IEnumerable<Type> Installed() =>
        Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll").Select(TryLoad).OfType<Assembly>()
            .SelectMany(static assembly => assembly.GetExportedTypes());

    /// <summary>The name as C# has it.</summary>
    internal static string NameOf(Type type)
    {
        if (type.IsArray)
            return $"{NameOf(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (!type.IsConstructedGenericType)
            return (type.FullName ?? type.Name).Replace('+', '.');
        string name = type.GetGenericTypeDefinition().FullName!.Replace('+', '.');
        var arguments = type.GenericTypeArguments.Select(static argument =>
            argument == typeof(int) ? "int" : argument == typeof(string) ? "string" : NameOf(argument));
        var parts = name.Split('`').Select(static (part, index) => index == 0 ? part : part.TrimStart("0123456789").ToString());
        return $"{string.Concat(parts)}<{string.Join(", ", arguments)}>";
    }

    private static IEnumerable<Type> Closed(Type type)
    {
        if (!type.IsGenericTypeDefinition)
            return [type];
        int count = type.GetGenericArguments().Length;
        return s_arguments.Where(arguments => arguments.Length == 1 || count > 1)
            .Select(arguments => TryClose(type, [.. Enumerable.Range(0, count).Select(index => arguments[index % arguments.Length])]))
            .OfType<Type>();
    }

    private static Type? TryClose(Type type, Type[] arguments)
    {
        try
        {
            return type.MakeGenericType(arguments);
        }
        catch (ArgumentException)
        {
            // It does not take these.
            return null;
        }
    }

    private static Assembly? TryLoad(string path)
    {
        try
        {
            return Assembly.Load(Path.GetFileNameWithoutExtension(path));
        }
        catch (Exception exception) when (exception is BadImageFormatException or FileLoadException or FileNotFoundException)
        {
            // A native library.
            return null;
        }
    }
}
