using System.Reflection;

namespace Multitasking.Invocation;

/// <summary>Types and methods as their author would write them, for messages.</summary>
internal static class TypeNames
{
    internal static string Of(Type type)
    {
        if (type.IsArray)
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return $"{Of(inner)}?";
        if (Keyword(type) is { } keyword)
            return keyword;
        string name = type.Name;
        // <Method>d__0 is the class of a method that yields its items.
        if (name.StartsWith('<') && name.IndexOf(">d__", StringComparison.Ordinal) is var end and > 1)
            return $"{name[1..end]} (iterator)";
        int tick = name.IndexOf('`');
        if (tick < 0)
            return name;
        return $"{name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>";
    }

    /// <summary><c>Type.Method</c>; for a lambda or local function, the method that it stands in.</summary>
    internal static string Of(MethodInfo method)
    {
        var type = method.DeclaringType;
        while (type is { IsNested: true } && type.Name.StartsWith('<'))
            type = type.DeclaringType;
        string owner = type is null || type.Name.StartsWith('<') ? "" : $"{Of(type)}.";
        string name = method.Name;
        int end = name.IndexOf('>');
        if (end < 0 || !name.StartsWith('<'))
            return owner + name;
        string outer = name[1..end] == "<Main>$" || name.StartsWith("<<Main>$>", StringComparison.Ordinal) ? "Main" : name[1..end];
        // <Outer>g__Local|0_0 is a local function, <Outer>b__0_0 a lambda.
        int local = name.IndexOf("g__", end, StringComparison.Ordinal);
        int bar = name.IndexOf('|', end);
        return local > 0 && bar > local ? owner + name[(local + 3)..bar] : $"{owner}{outer} (lambda)";
    }

    private static string? Keyword(Type type) => type.IsEnum ? null : Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "bool",
        TypeCode.Byte => "byte",
        TypeCode.SByte => "sbyte",
        TypeCode.Char => "char",
        TypeCode.Decimal => "decimal",
        TypeCode.Double => "double",
        TypeCode.Single => "float",
        TypeCode.Int32 => "int",
        TypeCode.UInt32 => "uint",
        TypeCode.Int64 => "long",
        TypeCode.UInt64 => "ulong",
        TypeCode.Int16 => "short",
        TypeCode.UInt16 => "ushort",
        TypeCode.String => "string",
        _ => type == typeof(object) ? "object" : null,
    };
}
