using System.Reflection;

namespace Multitasking.Tests.Travel;

/// <summary>Tells which captured variables of a lambda reach a child.</summary>
internal static class Arrived
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The names of those that are not their defaults in a copy, in order, those of outer scopes included.</summary>
    internal static string Of<T>(T lambda) where T : Delegate
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        Collect(Codec.ReadCall<T>(Codec.WriteCall(lambda)).Target!, names);
        return string.Join(' ', names);
    }

    private static object? DefaultOf(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;

    private static void Collect(object closure, SortedSet<string> names)
    {
        foreach (var field in closure.GetType().GetFields(Fields))
            if (field.Name.Contains("<>8__", StringComparison.Ordinal))
                Collect(field.GetValue(closure) ?? new object(), names);
            else if (field.GetValue(closure) is { } value && !value.Equals(DefaultOf(field.FieldType))
                && !field.Name.StartsWith("<>9", StringComparison.Ordinal))
                names.Add(field.Name.EndsWith("__this", StringComparison.Ordinal) ? "this" : field.Name);
    }
}
