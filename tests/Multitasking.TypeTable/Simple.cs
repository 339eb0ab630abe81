using System.Globalization;
using System.Text;

namespace Multitasking.TypeTable;

/// <summary>The values that everything else is made of.</summary>
internal static class Simple
{
    private static readonly string[] s_texts = ["a", "3", "http://a.b/c", "1.2.3.4", "en-US", "utf-8", "/a", "<a/>", "{}"];

    /// <summary>How many texts there are to try.</summary>
    internal static int Rounds => s_texts.Length;

    /// <summary>A text or a number in a round of attempts.</summary>
    internal static object? Text(Type type, int round, int seed) =>
        type == typeof(string) ? s_texts[round] + (round == 0 && seed > 0 ? seed : "") : type == typeof(int) ? 3 + seed + round : null;

    /// <summary>A value of a type that is known here.</summary>
    internal static object? Of(Type type, int seed) => Type.GetTypeCode(type.IsEnum ? typeof(object) : type) switch
    {
        TypeCode.Boolean => true,
        TypeCode.Char => (char)('a' + seed),
        >= TypeCode.SByte and <= TypeCode.Decimal => Convert.ChangeType(3 + seed, type, CultureInfo.InvariantCulture),
        TypeCode.String => "ab"[..1] + (seed == 0 ? "" : seed),
        TypeCode.DateTime => new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc),
        _ => OfObject(type, seed),
    };

    private static object? OfObject(Type type, int seed) =>
        type == typeof(nint) ? (nint)5
        : type == typeof(nuint) ? (nuint)5
        : type == typeof(object) ? "object"
        : type == typeof(Type) ? typeof(Dictionary<string, int>)
        : type == typeof(CultureInfo) ? CultureInfo.GetCultureInfo("")
        : type == typeof(Encoding) ? Encoding.UTF8
        : type == typeof(TimeSpan) ? TimeSpan.FromMinutes(90 + seed)
        : type == typeof(Uri) ? new Uri("http://a.b/c d?e=f#g")
        : type == typeof(Guid) ? new Guid(3 + seed, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
        : type == typeof(Stream) ? new MemoryStream([1, 2, 3])
        : type == typeof(Exception) ? new InvalidOperationException("a")
        : type == typeof(CancellationToken) ? CancellationToken.None
        : type == typeof(Nullable<int>) ? (int?)3
        : null;

    /// <summary>An object that has an interface.</summary>
    internal static object? OfInterface(Type face, Func<Type, object?> make, Func<Type, object?> another)
    {
        if (face == typeof(System.Collections.IEnumerable) || face == typeof(System.Collections.ICollection)
            || face == typeof(System.Collections.IList))
            return new System.Collections.ArrayList { "a", 3 };
        if (face == typeof(System.Collections.IDictionary))
            return new System.Collections.Hashtable { ["a"] = 3 };
        if (face == typeof(IFormatProvider))
            return CultureInfo.InvariantCulture;
        if (!face.IsConstructedGenericType)
            return null;
        var arguments = face.GenericTypeArguments;
        string name = face.GetGenericTypeDefinition().FullName!;
        if (arguments.Length == 1 && name.StartsWith("System.Collections.Generic.I", StringComparison.Ordinal))
        {
            if (name.Contains("EqualityComparer", StringComparison.Ordinal))
                return typeof(EqualityComparer<>).MakeGenericType(arguments).GetProperty("Default")!.GetValue(null);
            if (name.Contains("Comparer", StringComparison.Ordinal))
                return typeof(Comparer<>).MakeGenericType(arguments).GetProperty("Default")!.GetValue(null);
            if (make(arguments[0]) is not { } one || another(arguments[0]) is not { } two
                || name.Contains("Enumerator", StringComparison.Ordinal) || name.Contains("Async", StringComparison.Ordinal))
                return null;
            bool isSet = name.Contains("Set", StringComparison.Ordinal);
            var items = Array.CreateInstance(arguments[0], 2);
            items.SetValue(one, 0);
            items.SetValue(two, 1);
            return Activator.CreateInstance((isSet ? typeof(HashSet<>) : typeof(List<>)).MakeGenericType(arguments), items);
        }
        if (arguments.Length == 2 && name.Contains("Dictionary", StringComparison.Ordinal) && make(arguments[0]) is { } key)
        {
            var table = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
            table.Add(key, make(arguments[1]));
            return table;
        }
        return null;
    }
}
