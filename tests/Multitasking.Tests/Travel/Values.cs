using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Multitasking.Tests.Travel;

/// <summary>A value of each kind that travels, and those at the kinds' edges.</summary>
internal static class Values
{
    internal static Dictionary<string, object?> All { get; } = new()
    {
        ["null"] = null,
        ["bool"] = true,
        ["byte"] = byte.MaxValue,
        ["sbyte"] = sbyte.MinValue,
        ["short"] = short.MinValue,
        ["ushort"] = ushort.MaxValue,
        ["int"] = int.MinValue,
        ["uint"] = uint.MaxValue,
        ["long"] = long.MinValue,
        ["ulong"] = ulong.MaxValue,
        ["nint"] = nint.MinValue,
        ["Int128"] = Int128.MinValue,
        ["Half"] = (Half)1.5,
        ["char"] = '\uFFFF',
        ["float"] = float.Epsilon,
        ["double"] = double.MaxValue,
        ["negative zero"] = -0.0,
        ["infinity"] = float.NegativeInfinity,
        ["NaN with a payload"] = BitConverter.UInt64BitsToDouble(0x7FF8_0000_DEAD_BEEF),
        ["float NaN with a payload"] = BitConverter.UInt32BitsToSingle(0xFFC0_BEEF),
        ["decimal"] = decimal.MinValue,
        ["decimal with trailing zeros"] = 1.500m,
        ["string"] = "Grüße, 世界 👋\0\n",
        ["empty string"] = "",
        ["lone surrogates"] = "\uDC00 and \uD83D",
        ["long string"] = new string('x', 100_000),
        ["enum"] = DayOfWeek.Saturday,
        ["enum of an unknown value"] = (DayOfWeek)77,
        ["enum of long"] = Wide.Far,
        ["DateTime in UTC"] = new DateTime(2026, 2, 28, 23, 59, 59, DateTimeKind.Utc),
        ["local DateTime"] = new DateTime(2026, 2, 28, 23, 59, 59, DateTimeKind.Local),
        ["DateTime at the end"] = DateTime.MaxValue,
        ["DateTimeOffset"] = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromMinutes(-90)),
        ["DateOnly"] = new DateOnly(2024, 2, 29),
        ["TimeOnly"] = new TimeOnly(23, 59, 59, 999),
        ["TimeSpan"] = TimeSpan.MinValue,
        ["Guid"] = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
        ["nullable"] = (int?)3,
        ["tuple"] = (1, "two", 3.0),
        ["tuple of eight"] = (1, 2, 3, 4, 5, 6, 7, "eight"),
        ["tuple of nullable values"] = ((int?)null, (int?)4, (DateTime?)null),
        ["old tuple"] = Tuple.Create(1, "two"),
        ["key and value"] = KeyValuePair.Create("key", 1),
        ["range"] = 1..^2,
        ["array"] = new[] { 1, 2, 3 },
        ["empty array"] = Array.Empty<string>(),
        ["array of nullable values"] = new int?[] { 1, null, 3 },
        ["array of nullable values with references"] = new Place?[] { new(1, new("a", 1)), null },
        ["list of nullable values with references"] = new List<(int, string)?> { (1, "a"), null },
        ["array of strings"] = new[] { "a", null, "" },
        ["array of objects"] = new object?[] { 1, "a", null, 2.5, new[] { 'x' } },
        ["array of tuples"] = new[] { (1, "a"), (2, "b") },
        ["jagged array"] = new[] { [1], [], new[] { 2, 3 } },
        ["jagged array with null"] = new int[]?[] { [1], null },
        ["matrix"] = new[,] { { 1, 2, 3 }, { 4, 5, 6 } },
        ["matrix of strings"] = new[,] { { "a", "b" }, { null, "d" } },
        ["cube"] = new byte[2, 0, 3],
        ["array of matrices"] = new[] { new[,] { { 1.5 } } },
        ["array with covariant elements"] = (object[])["a", "b"],
        ["really covariant array"] = (object[])new[] { "a", "b" },
        ["array of enums"] = new[] { DayOfWeek.Monday, DayOfWeek.Sunday },
        ["list"] = new List<int> { 1, 2, 3 },
        ["empty list"] = new List<string>(),
        ["list of lists"] = new List<List<string?>> { new() { "a", null }, new() },
        ["dictionary"] = new Dictionary<string, int> { ["b"] = 2, ["a"] = 1 },
        ["dictionary of lists"] = new Dictionary<int, List<string>> { [1] = ["one"], [2] = [] },
        ["set"] = new HashSet<string> { "b", "a" },
        ["queue"] = new Queue<int>([1, 2, 3]),
        ["queue that went around"] = Turned(),
        ["stack"] = new Stack<string>(["a", "b", "c"]),
        ["linked list"] = new LinkedList<int>([1, 2, 3]),
        ["sorted list"] = new SortedList<string, int> { ["b"] = 2, ["a"] = 1 },
        ["sorted dictionary"] = new SortedDictionary<string, int> { ["b"] = 2, ["a"] = 1 },
        ["sorted set"] = new SortedSet<int> { 3, 1, 2 },
        ["array list"] = new ArrayList { 1, "two" },
        ["bits"] = new BitArray([true, false, true]),
        ["collection"] = new Collection<int> { 1, 2 },
        ["read-only collection"] = new ReadOnlyCollection<int>([1, 2]),
        ["read-only dictionary"] = new ReadOnlyDictionary<int, string>(new Dictionary<int, string> { [1] = "one" }),
        ["concurrent dictionary"] = new ConcurrentDictionary<int, string> { [1] = "one", [2] = "two" },
        ["concurrent queue"] = new ConcurrentQueue<int>([1, 2, 3]),
        ["concurrent stack"] = new ConcurrentStack<int>([1, 2, 3]),
        ["concurrent bag"] = new ConcurrentBag<int>([1, 2, 3]),
        ["immutable array"] = ImmutableArray.Create("a", "b"),
        ["immutable list"] = ImmutableList.Create(1, 2, 3),
        ["immutable dictionary"] = ImmutableDictionary.CreateRange([KeyValuePair.Create(1, "one"), KeyValuePair.Create(2, "two")]),
        ["immutable set"] = ImmutableHashSet.Create(1, 2, 3),
        ["immutable sorted dictionary"] = ImmutableSortedDictionary.CreateRange([KeyValuePair.Create("b", 2), KeyValuePair.Create("a", 1)]),
        ["immutable sorted set"] = ImmutableSortedSet.Create("c", "a", "b"),
        ["empty immutable sorted set"] = ImmutableSortedSet<int>.Empty,
        ["immutable stack"] = ImmutableStack.Create(1, 2, 3),
        ["immutable queue"] = ImmutableQueue.Create(1, 2, 3),
        ["string builder"] = new StringBuilder("a").Append('b', 10_000).Insert(0, "c"),
        ["version"] = new Version(1, 2, 3, 4),
        ["big integer"] = BigInteger.Pow(7, 200),
        ["complex number"] = new Complex(1, -1),
        ["vector"] = new Vector3(1, 2, 3),
        ["rune"] = new Rune(0x1F44B),
        ["array segment"] = new ArraySegment<int>([1, 2, 3, 4], 1, 2),
        ["URI"] = new Uri("https://example.org/a%20b?c=d#e"),
        ["relative URI"] = new Uri("../a", UriKind.Relative),
        ["culture"] = CultureInfo.InvariantCulture,
        ["time zone"] = TimeZoneInfo.CreateCustomTimeZone("Here", TimeSpan.FromHours(5.5), "Here", "Here"),
        ["encoding"] = Encoding.Latin1,
        ["type"] = typeof(Dictionary<string, int[]>),
        ["open type"] = typeof(Dictionary<,>),
        ["types"] = new[] { typeof(int), typeof(int[,]), typeof(int?), typeof(Values) },
        ["record"] = new Address("Street", 7),
        ["record struct"] = new Place(1.5, new Address("Street", null)),
        ["anonymous type"] = new { Name = "Ada", Born = 1815 },
        ["iterator of a range"] = Enumerable.Range(3, 4),
    };

    private static Queue<int> Turned()
    {
        var queue = new Queue<int>([1, 2, 3, 4]);
        _ = queue.Dequeue();
        _ = queue.Dequeue();
        queue.Enqueue(5);
        return queue;
    }
}

internal enum Wide : long
{
    Far = long.MaxValue,
}

internal sealed record Address(string Street, int? Number);

internal readonly record struct Place(double Latitude, Address Address);
