using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Multitasking.Transport;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>
/// Valid messages with one lie, at each place in turn: a tag, a count, the number of an object or a type, a comparer, a flag becomes
/// another, and all before and behind it stays as it was. What comes of it is used as a program would use it.
/// </summary>
public sealed class OneLieTests
{
    // Of longer ones only the beginning is lied about.
    private const int LongestPrefix = 200;

    /// <summary>What stands in a byte's stead: other tags and kinds, small and large counts, and numbers that do not exist.</summary>
    private static readonly byte[][] s_lies =
    [
        [0], [1], [2], [3], [4], [5], [6], [9], [0x40], [0x7F], [0xFF], [0x80, 1], [0xFF, 0xFF, 3], [0xFF, 0xFF, 0xFF, 0xFF, 7], [0xFF, 0xFF, 0xFF, 0xFF, 0xF], [],
    ];

    private static readonly Dictionary<string, object> s_values = Many();

    public static TheoryData<string> Kinds => [.. s_values.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_lie_at_any_place_is_refused_or_harmless(string kind)
    {
        object value = s_values[kind];
        byte[] message = Codec.Write(value);
        Assert.NotNull(Codec.Read<object>(message));
        int lies = Rounds.Of(s_lies.Length);
        for (int at = 0; at < Math.Min(message.Length, LongestPrefix); at++)
            for (int i = 0; i < lies; i++)
                ReadsOrRefuses([.. message[..at], .. s_lies[((at * lies) + i) % s_lies.Length], .. message[(at + 1)..]]);
    }

    [Fact]
    public void One_lie_in_a_failure_leaves_its_text_or_is_refused()
    {
        Exception failure = new AggregateException(
            "all", new InvalidOperationException("one", new FileNotFoundException("two", "file")), new ArgumentOutOfRangeException("n", 3, "far"));
        byte[] message = FailureCodec.ToFrame(failure, new Trust(typeof(Codec))).ToArray()[ByteWriter.HeaderSize..];

        for (int at = 0; at < message.Length; at++)
            foreach (byte[] lie in s_lies)
            {
                byte[] changed = [.. message[..at], .. lie, .. message[(at + 1)..]];
                RemoteException? read = null;
                var error = Record.Exception(() => read = FailureCodec.Read(changed, new ChildTypes(typeof(Codec)), "name", 1));
                Assert.True(error is null or InvalidDataException, error?.ToString());
                Use(read);
            }
    }

    private static void ReadsOrRefuses(byte[] message)
    {
        long before = GC.GetAllocatedBytesForCurrentThread(), start = ThreadTime.Nanoseconds;
        object? value = null;
        var error = Record.Exception(() => value = Codec.Read<object>(message));
        Assert.True(error is null or InvalidDataException, error?.ToString());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (1 << 20) + (1024L * message.Length));
        Assert.InRange(ThreadTime.Nanoseconds - start, 0, 5_000_000_000);
        Use(value);
    }

    /// <summary>As a program does that trusts what it was answered. It may throw, and has to end.</summary>
    private static void Use(object? value)
    {
        var start = ThreadTime.Nanoseconds;
        _ = Record.Exception(() => _ = value?.ToString());
        _ = Record.Exception(() => _ = value?.GetHashCode());
        _ = Record.Exception(() => _ = value?.Equals(new object()));
        _ = Record.Exception(() => Walk(value));
        Assert.InRange(ThreadTime.Nanoseconds - start, 0, 5_000_000_000);
    }

    private static void Walk(object? value)
    {
        switch (value)
        {
            case Exception exception:
                _ = exception.GetBaseException();
                _ = exception.Message;
                break;
            case StringBuilder text:
                text.Append('x', 100).Insert(0, "y").Replace("x", "");
                break;
            case Memory<byte> memory:
                memory.Span.Fill(1);
                using (memory.Pin())
                    break;
            case BitArray bits:
                bits.Not();
                bits.Length += 40;
                break;
            case BigInteger number:
                _ = (number * number).ToString();
                break;
            case IDictionary map when !map.IsReadOnly:
                map.Clear();
                break;
            case ITuple tuple:
                for (int i = 0; i < tuple.Length; i++)
                    _ = tuple[i]?.ToString();
                break;
        }
        if (value is not IEnumerable items)
            return;
        int left = 100_000;
        foreach (object? item in items)
        {
            _ = item?.ToString();
            if (--left == 0)
                return;
        }
    }

    private static Dictionary<string, object> Many()
    {
        object self = new object[2];
        ((object[])self)[1] = self;
        var values = new Dictionary<string, object>
        {
            ["an array of itself"] = self,
            ["keys that are records"] = new Dictionary<Address, Place[]> { [new("street", 1)] = [new(1.5, new("a", null))] },
            ["sets of sets"] = new HashSet<HashSet<int>>(HashSet<int>.CreateSetComparer()) { new() { 1, 2 } },
            ["a comparer of one's own"] = new SortedSet<string>(new ByLength()) { "a", "bb" },
            ["nested exceptions"] = new AggregateException("all", new InvalidOperationException("one", new FormatException()), new ArgumentOutOfRangeException("n", 3, "far")),
            ["tuples of tuples"] = Tuple.Create(1, Tuple.Create<object, object>("a", Tuple.Create((object)2))),
            ["views of views"] = new ReadOnlyCollection<int>(new Collection<int>([1, 2])),
            ["a node"] = new LinkedList<string>(["a", "b"]).First!,
            ["a line of nodes"] = Node.Chain(5),
            ["builders"] = new[] { new StringBuilder("a"), new StringBuilder(1, 20) },
            ["memory of bytes"] = new byte[] { 1, 2, 3 }.AsMemory(1),
            ["queues"] = new object[] { new PriorityQueue<string, int>([("b", 2), ("a", 1)]), new ConcurrentQueue<int>([1]), ImmutableQueue.Create("x") },
            ["deep boxes"] = KeyValuePair.Create<byte, object>(1, KeyValuePair.Create<byte, object>(2, (object)(3, "c"))),
            ["a delegate"] = (Func<int>)new Node().Length,
        };
        foreach (var (name, value) in Values.All)
            if (value is not null && name is not ("long string" or "string builder"))
                values.Add(name, value);
        return values;
    }
}
