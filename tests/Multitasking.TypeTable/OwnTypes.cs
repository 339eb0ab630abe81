using System.Runtime.CompilerServices;
using System.Runtime.Serialization;

namespace Multitasking.TypeTable;

/// <summary>Values of types of a program's own, one of each kind.</summary>
internal static class OwnTypes
{
    private static readonly Dictionary<Type, Func<object>> s_values = new()
    {
        [typeof(Person)] = static () => new Person("Ada", 36) { Friends = [new("Byron", 36)] },
        [typeof(Point)] = static () => new Point(1, 2.5),
        [typeof(Named)] = static () => new Named { Name = "a", Tag = new object[] { 1, "b" } },
        [typeof(Box<string>)] = static () => new Box<string>("a"),
        [typeof(Box<int>)] = static () => new Box<int>(3),
        [typeof(Box<Box<Point>>)] = static () => new Box<Box<Point>>(new(new(1, 2))),
        [typeof(Outer<int>.Inner<string>)] = static () => new Outer<int>.Inner<string>(1, "a"),
        [typeof(Derived)] = static () => new Derived(1, "a"),
        [typeof(Colour)] = static () => Colour.Blue | Colour.Red,
        [typeof(Numbers)] = static () => Numbers.Of(1, 2, 3, 4),
        [typeof(Words)] = static () => Words.Of("a", "b", "c"),
        [typeof(Handler)] = static () => new Handler(Shout),
        [typeof(Loud)] = static () => new Loud { Shout = Shout },
        [typeof(Listening)] = static () => new Listening("a"),
        [typeof(Fault)] = static () => new Fault("a", 3, new InvalidOperationException("inner")),
        [typeof(Person[])] = static () => new Person[] { new("Ada", 36), new("Byron", 36) },
        [typeof(Person[,])] = static () => new[,] { { new Person("Ada", 36) } },
        [typeof((int, Person?))] = static () => (1, (Person?)new Person("Ada", 36)),
        [typeof(Dictionary<string, List<Person>>)] = static () => new Dictionary<string, List<Person>> { ["a"] = [new("Ada", 36)] },
        [typeof(Crowd)] = static () => new Crowd { new("Ada", 36), new("Byron", 36) },
    };

    internal static IEnumerable<Type> Types => s_values.Keys.Concat(Constructions.Types);

    internal static object? Of(Type type) => s_values.GetValueOrDefault(type)?.Invoke() ?? Constructions.Of(type);

    private static string Shout(string text) => text + "!";
}

internal sealed record Person(string Name, int Age)
{
    public List<Person> Friends { get; init; } = [];
}

internal readonly record struct Point(int X, double Y);

internal struct Named
{
    public string? Name;
    public object[]? Tag;
}

internal sealed record Box<T>(T Value);

internal static class Outer<T>
{
    internal sealed record Inner<TOther>(T Value, TOther Other);
}

internal class Based(int number)
{
    public int Number => number;
}

internal sealed class Derived(int number, string text) : Based(number)
{
    public string Text => text;
}

[Flags]
internal enum Colour : byte
{
    Red = 1,
    Blue = 2,
}

[InlineArray(4)]
internal struct Numbers
{
    private int _first;

    public readonly string All => string.Join(' ', this[..].ToArray());

    internal static Numbers Of(params ReadOnlySpan<int> numbers)
    {
        var all = default(Numbers);
        numbers.CopyTo(all);
        return all;
    }
}

[InlineArray(3)]
internal struct Words
{
    private string? _first;

    public readonly string All => string.Join(' ', this[..].ToArray());

    internal static Words Of(params ReadOnlySpan<string?> words)
    {
        var all = default(Words);
        words.CopyTo(all);
        return all;
    }
}

internal delegate string Handler(string text);

internal sealed class Loud
{
    public Handler? Shout { get; init; }

    public string? Heard => Shout?.Invoke("a");
}

/// <summary>Rebuilds what it does not send.</summary>
internal sealed class Listening(string text)
{
    [NonSerialized]
    private string? _upper = text.ToUpperInvariant();

    public string Text => text;

    public string? Upper => _upper;

    [OnDeserialized]
    private void Rebuild(StreamingContext context) => _upper = text.ToUpperInvariant();
}

internal sealed class Fault(string message, int code, Exception inner) : Exception(message, inner)
{
    public int Code => code;
}

internal sealed class Crowd : List<Person>
{
    public string First => this[0].Name;
}
