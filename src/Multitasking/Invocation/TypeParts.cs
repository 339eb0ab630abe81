using System.Runtime.CompilerServices;

namespace Multitasking.Invocation;

/// <summary>
/// Counts what a type is made of: itself, its element's type or its type arguments, and theirs. A message describes each type once, so a few
/// bytes can stand for a type of millions of parts, each of which the runtime looks at when it makes the type.
/// </summary>
internal static class TypeParts
{
    /// <summary>How many parts a type may have.</summary>
    internal const int Most = 1000;

    /// <summary>How far types may nest.</summary>
    internal const int MostDeep = 100;

    /// <summary>What is said of a type that is too large; its own name would be as large.</summary>
    internal static string Limits => $"a type of more than {Most:N0} parts, or nested more than {MostDeep} deep, in arrays and type arguments";

    /// <summary>Whether the type keeps to the limits.</summary>
    internal static bool AreFew(Type type)
    {
        int left = Most;
        return AreFew(type, ref left, MostDeep);
    }

    /// <summary>Whether a type that is made of these does.</summary>
    internal static bool AreFew(Type definition, ReadOnlySpan<Type> arguments)
    {
        int left = Most - 1;
        if (!AreFew(definition, ref left, MostDeep - 1))
            return false;
        foreach (var argument in arguments)
            if (!AreFew(argument, ref left, MostDeep - 1))
                return false;
        return true;
    }

    private static bool AreFew(Type type, ref int left, int levels)
    {
        if (--left < 0 || levels == 0 || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return false;
        if (type.HasElementType)
            return AreFew(type.GetElementType()!, ref left, levels - 1);
        if (!type.IsConstructedGenericType)
            return true;
        foreach (var argument in type.GenericTypeArguments)
            if (!AreFew(argument, ref left, levels - 1))
                return false;
        return true;
    }
}
