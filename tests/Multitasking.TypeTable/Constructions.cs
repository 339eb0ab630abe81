using System.Collections.Frozen;
using System.Collections.Immutable;
using Multitasking.Solution.Infrastructure;
using Multitasking.Solution.Model;

// Letters are of objects: nothing declares what is in them.
[assembly: Multitasking.TrustAssemblyOf(typeof(Gold))]

namespace Multitasking.TypeTable;

/// <summary>Values of types that are made of others: what native code has of them is what a program names, as it does here.</summary>
internal static class Constructions
{
    private static readonly Dictionary<Type, Func<object>> s_values = new()
    {
        [typeof(Point?)] = static () => (Point?)new Point(1, 2.5),
        [typeof(Empty)] = static () => default(Empty),
        [typeof(Colour?)] = static () => (Colour?)Colour.Blue,
        [typeof(Wide)] = static () => Wide.Far,
        [typeof(Pair<int, string>)] = static () => new Pair<int, string>(1, "a"),
        [typeof(Pair<Point, Point?>)] = static () => new Pair<Point, Point?>(new(1, 2), new(3, 4)),
        [typeof(Pair<Pair<byte, char>, Named[]>)] = static () =>
            new Pair<Pair<byte, char>, Named[]>(new(1, 'a'), [new Named { Name = "b", Tag = [1] }]),
        [typeof(Special)] = static () => new Special(3, "a"),
        [typeof(Point[])] = static () => new Point[] { new(1, 2), new(3, 4) },
        [typeof(Point?[])] = static () => new Point?[] { new(1, 2), null },
        [typeof(Named[])] = static () => new[] { new Named { Name = "a" }, default },
        [typeof(Point[][])] = static () => new Point[][] { [new(1, 2)], [] },
        [typeof(int[,,])] = static () => new int[,,] { { { 1, 2 }, { 3, 4 } } },
        [typeof(Point[,])] = static () => new[,] { { new Point(1, 2) }, { new Point(3, 4) } },
        [typeof(Wordy[])] = static () => new Wordy[] { new(Words.Of("a", "b", "c"), Numbers.Of(1, 2)) },
        [typeof((int, string, Point, Colour, double, char, long, byte, string))] = static () =>
            (1, "a", new Point(1, 2), Colour.Red, 2.5, 'c', 4L, (byte)5, "z"),
        [typeof((int, (Point, Named), int?))] = static () => (1, (new Point(1, 2), new Named { Name = "a" }), (int?)3),
        [typeof(Tuple<int, string, Point>)] = static () => Tuple.Create(1, "a", new Point(1, 2)),
        [typeof(IDictionary<string, int>)] = static () => new Dictionary<string, int> { ["a"] = 1 },
        [typeof(IReadOnlyDictionary<int, Point>)] = static () => new Dictionary<int, Point> { [1] = new(1, 2) },
        [typeof(IReadOnlyList<Named>)] = static () => new List<Named> { new() { Name = "a" } },
        [typeof(ISet<Colour>)] = static () => new HashSet<Colour> { Colour.Red },
        [typeof(IEnumerable<KeyValuePair<string, Point>>)] = static () => new SortedDictionary<string, Point> { ["a"] = new(1, 2) },
        [typeof(List<Point>)] = static () => new List<Point> { new(1, 2), new(3, 4) },
        [typeof(List<(int, string)>)] = static () => new List<(int, string)> { (1, "a") },
        [typeof(Queue<Point>)] = static () => new Queue<Point>([new(1, 2), new(3, 4)]),
        [typeof(SortedList<Colour, Named>)] = static () => new SortedList<Colour, Named> { [Colour.Red] = new() { Name = "a" } },
        [typeof(Dictionary<Point, Colour>)] = static () => new Dictionary<Point, Colour> { [new(1, 2)] = Colour.Red },
        [typeof(ImmutableArray<Point>)] = static () => ImmutableArray.Create(new Point(1, 2)),
        [typeof(ImmutableDictionary<string, Point>)] = static () => ImmutableDictionary<string, Point>.Empty.Add("a", new(1, 2)),
        [typeof(ReadOnlyMemory<Point>)] = static () => new ReadOnlyMemory<Point>([new(1, 2), new(3, 4)], 1, 1),
        [typeof(FrozenDictionary<string, Person>)] = static () =>
            new Dictionary<string, Person> { ["a"] = new("Ada", 36) }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        [typeof(FrozenDictionary<string, int>)] = static () => new Dictionary<string, int> { ["a"] = 1 }.ToFrozenDictionary(),
        [typeof(FrozenDictionary<Point, Colour>)] = static () =>
            new Dictionary<Point, Colour> { [new(1, 2)] = Colour.Red }.ToFrozenDictionary(),
        [typeof(FrozenSet<string>)] = static () => FrozenSet.ToFrozenSet(["a", "b"]),
        [typeof(FrozenSet<int>)] = static () => FrozenSet.ToFrozenSet([1, 2]),
        [typeof(ILookup<string, Person>)] = static () => new Person[] { new("Ada", 36) }.ToLookup(static one => one.Name),
        [typeof(ILookup<int, Point>)] = static () => new Point[] { new(1, 2) }.ToLookup(static one => one.X),
        [typeof(IGrouping<string, Person>)] = static () => new Person[] { new("Ada", 36) }.GroupBy(static one => one.Name).First(),
        [typeof(Func<string, string>)] = static () => new Func<string, string>(Hear),
        [typeof(Func<Person, string>)] = static () => typeof(Person).GetMethod("get_Name")!.CreateDelegate<Func<Person, string>>(),
        [typeof(Gold)] = static () => new Gold(2),
        [typeof(Money[])] = static () => new Money[] { new(1, "EUR"), new(2, "USD") },
        [typeof(StorageException)] = static () => new StorageException("a"),
        [typeof(Lazy<Person>)] = static () => new Lazy<Person>(new Person("Ada", 36)),
        [typeof(Task<int>)] = static () => Task.FromResult(1),
    };

    internal static IEnumerable<Type> Types => s_values.Keys;

    internal static object? Of(Type type) => s_values.GetValueOrDefault(type)?.Invoke();

    private static string Hear(string text) => text + "?";
}

internal readonly record struct Empty;

internal enum Wide : ulong
{
    Near,
    Far = ulong.MaxValue,
}

internal readonly record struct Pair<TOne, TOther>(TOne One, TOther Other);

internal abstract record General<T>(T Key)
{
    public T[] Keys { get; } = [Key];
}

internal sealed record Special(int Key, string Text) : General<int>(Key);

internal readonly record struct Wordy(Words Words, Numbers Numbers);
