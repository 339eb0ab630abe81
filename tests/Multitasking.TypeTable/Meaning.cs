using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Multitasking.TypeTable;

/// <summary>
/// What a value means, as text: its class, its text, its public properties and fields, its items. Two values are equal if these are.
/// </summary>
internal static class Meaning
{
    private const int MostDeep = 4, MostItems = 50, MostText = 20_000;

    // Others change them meanwhile: what stands above a file is everybody's.
    private static readonly string[] s_times =
        ["CreationTime", "CreationTimeUtc", "LastAccessTime", "LastAccessTimeUtc", "LastWriteTime", "LastWriteTimeUtc"];

    // How it is kept, rather than what it is; of an exception, where it was thrown.
    private static readonly HashSet<string> s_unsaid =
        ["Capacity", "SyncRoot", "TargetSite", "StackTrace", "Chars", "MaxCapacity", "WaitHandle", "DeclaredConstructors", "TypeHandle",
            "Task", .. s_times];

    private static readonly string[] s_ordered = ["Queue", "Stack", "Linked", "Sorted"];

    internal static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value, [], 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value, List<object> known, int depth)
    {
        if (value is null || text.Length > MostText)
        {
            text.Append("null");
            return;
        }
        var type = value.GetType();
        if (type.IsPrimitive || type.IsEnum || value is string or decimal or Pointer)
        {
            text.Append(type.Name).Append(' ')
                .Append(value is double number ? BitConverter.DoubleToInt64Bits(number) : value is float small
                ? BitConverter.SingleToInt32Bits(small) : Plain(value));
            return;
        }
        if (value is MemberInfo or Assembly or Module or Delegate)
        {
            text.Append(value is Delegate call ? $"{type} {call.Method} of {call.Method.DeclaringType}" : value.ToString());
            return;
        }
        int seen = known.FindIndex(one => ReferenceEquals(one, value));
        if (seen >= 0 && !type.IsValueType)
        {
            text.Append('#').Append(seen);
            return;
        }
        known.Add(value);
        text.Append(PublicName(type));
        if (depth == MostDeep)
            return;
        text.Append(" {");
        if (type.GetMethod(nameof(ToString), [])?.DeclaringType is { } teller && teller != typeof(object) && teller != typeof(ValueType))
            text.Append('"').Append(Ask(value, static value => value.ToString())).Append('"');
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(static one =>
            one.Name, StringComparer.Ordinal))
            if (property.CanRead && property.GetIndexParameters().Length == 0 && property.GetMethod!.IsPublic
                && !s_unsaid.Contains(property.Name) && !(value is FileSystemInfo && property.PropertyType == typeof(DateTime))
                && !property.PropertyType.IsByRef && !property.PropertyType.IsByRefLike)
                Member(text, property.Name, Ask(value, property.GetValue), known, depth);
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance).OrderBy(static one =>
            one.Name, StringComparer.Ordinal))
            Member(text, field.Name, field.GetValue(value), known, depth);
        if (value is IEnumerable items)
            Items(text, items, known, depth);
        else if (type.GetMethod("ToArray", [])?.Invoke(value, null) is IEnumerable copies)
            Items(text, copies, known, depth);
        if (Behaviour.Of(value) is { } told)
            text.Append(' ').Append(Ask(value, _ => told(value)));
        text.Append(" }");
    }

    /// <summary>The framework has classes of its own below public ones.</summary>
    private static string? PublicName(Type type)
    {
        var visible = type;
        while (visible is { IsVisible: false })
            visible = visible.BaseType;
        return (visible is null || visible == typeof(object) || visible == typeof(ValueType) ? type : visible).FullName;
    }

    private static void Member(StringBuilder text, string name, object? value, List<object> known, int depth)
    {
        text.Append(' ').Append(name).Append('=');
        Write(text, value, known, depth + 1);
    }

    private static void Items(StringBuilder text, IEnumerable items, List<object> known, int depth)
    {
        var said = new List<string>();
        try
        {
            foreach (object? item in items)
            {
                if (said.Count == MostItems)
                    break;
                var one = new StringBuilder();
                Write(one, item, known, depth + 1);
                said.Add(one.ToString());
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or NullReferenceException or NotSupportedException)
        {
            said.Add($"throws {exception.GetType().Name}");
        }
        // Hash codes of strings differ in each process, and with them the order of what is kept by them.
        string name = items.GetType().Name;
        if (items is not IList && !Array.Exists(s_ordered, kind => name.Contains(kind, StringComparison.Ordinal)))
            said.Sort(StringComparer.Ordinal);
        text.Append(" [").AppendJoin(", ", said).Append(']');
    }

    private static string? Plain(object value) => Convert.ToString(value, CultureInfo.InvariantCulture);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types",
        Justification = "That a member throws is part of what the value is.")]
    private static object? Ask(object value, Func<object, object?> question)
    {
        try
        {
            return question(value);
        }
        catch (Exception exception)
        {
            return $"throws {(exception is TargetInvocationException { InnerException: { } inner } ? inner : exception).GetType().Name}";
        }
    }
}
