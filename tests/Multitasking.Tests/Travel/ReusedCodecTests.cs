using System.Runtime.CompilerServices;
using CsCheck;
using Multitasking.Invocation;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>One writer and one reader for many messages, some of which fail.</summary>
public sealed class ReusedCodecTests
{
    private readonly CallCodec _codec = new();

    public static TheoryData<string> Kinds => [.. Values.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_value_of_each_kind_arrives_after_messages_that_failed(string kind)
    {
        object? value = Values.All[kind];
        Fail(value);

        Alike.Assert(value, _codec.RoundTrip(value));
        Alike.Assert(value, _codec.RoundTrip(value));
    }

    [Fact]
    public void Any_graph_keeps_its_form_among_messages_that_fail() =>
        Vertex.Random.Sample(
            graph =>
            {
                Assert.True(Vertex.AreAlike(graph, _codec.RoundTrip(graph)));
                Fail(graph);
                Assert.True(Vertex.AreAlike(graph, _codec.RoundTrip(graph)));
            },
            iter: 500,
            threads: 1);

    [Fact]
    public void Any_list_of_tuples_arrives_by_its_compiled_type() =>
        Gen.Select(Gen.Int, Gen.String, Gen.Double.Nullable(), Gen.DateTime).List[0, 40].Sample(
            list => Assert.Equal(list, _codec.RoundTrip(list)),
            iter: 500,
            threads: 1);

    [Fact]
    public void Any_dictionary_arrives_by_its_compiled_type() =>
        Gen.Dictionary(Gen.String, Gen.String.Array[0, 5])[0, 40].Sample(
            map => Assert.Equal(map, _codec.RoundTrip(map)),
            iter: 500,
            threads: 1);

    [Fact]
    public void Changed_bytes_are_refused_or_read_and_the_next_message_is_read_as_ever()
    {
        byte[][] messages = [.. Values.All.Values.Select(Write), Write(new object[] { new Shadowing("base", "own") { Required = 1 }, Node.Chain(20) })];
        byte[] good = Write(new object?[] { "a", 1, Node.Chain(3) });
        var types = new ChildTypes(typeof(Codec));

        Gen.Select(Gen.Int[0, messages.Length - 1], Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[1, 6])
            .Select(change => Damage.Change(messages[change.Item1], change.Item2))
            .Sample(
                bytes =>
                {
                    ReadsOrRefuses<object>(bytes, types);
                    Assert.Equal(3, ((Node)((object?[])_codec.ReadWarily<object>(good, types))[2]!).Length());
                },
                iter: 10_000,
                threads: 1);
    }

    [Fact]
    public void Random_bytes_are_refused_or_read_by_any_declared_type()
    {
        var types = new ChildTypes(typeof(Codec));

        Gen.Byte.Array[0, 100].Sample(
            bytes =>
            {
                ReadsOrRefuses<object>(bytes, types);
                ReadsOrRefuses<string>(bytes, types);
                ReadsOrRefuses<decimal>(bytes, types);
                ReadsOrRefuses<long[]>(bytes, types);
                ReadsOrRefuses<List<string>>(bytes, types);
                ReadsOrRefuses<(int, string, object)[]>(bytes, types);
                ReadsOrRefuses<Dictionary<string, Address>>(bytes, types);
                ReadsOrRefuses<Order>(bytes, types);
                ReadsOrRefuses<Node>(bytes, types);
            },
            iter: 5_000,
            threads: 1);
    }

    [Fact]
    public void A_part_is_read_without_those_before_it()
    {
        var shared = new Address("street", 1);

        byte[] bytes = _codec.WriteParts<object>((shared, "a"), new List<Address> { shared, shared }, shared);

        Assert.Equal(shared, _codec.ReadPart<object>(bytes, 2));
        var list = (List<Address>)_codec.ReadPart<object>(bytes, 1);
        Assert.Same(list[0], list[1]);
    }

    [Fact]
    public void A_refusal_names_its_path_in_the_message_that_it_is_in()
    {
        _codec.Write<object>(Node.Chain(50));
        Fail(Node.Chain(50));

        var refusal = Assert.Throws<TargetNotSupportedException>(() => _codec.Write<object>(new Node { Next = new Node { Other = (1, new MemoryStream()) } }));

        Assert.Equal("argument 0.Next.Other.Item2 : MemoryStream", refusal.Path);
    }

    [Fact]
    public void Objects_that_crossed_are_let_go_of()
    {
        var (sent, arrived, refused) = SendAndForget();

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.False(sent.IsAlive);
        Assert.False(arrived.IsAlive);
        Assert.False(refused.IsAlive);
        GC.KeepAlive(_codec);
    }

    [Fact]
    public void Writing_takes_no_memory_once_it_has_been_done()
    {
        int[] numbers = [1, 2, 3];
        string[] texts = ["a", "b"];
        List<string> list = ["a", "b"];
        var chain = Node.Chain(100);

        Assert.Equal(0, AllocatedAgainBy(() => _codec.Write(7)));
        Assert.Equal(0, AllocatedAgainBy(() => _codec.Write("text")));
        Assert.Equal(0, AllocatedAgainBy(() => _codec.Write(numbers)));
        Assert.Equal(0, AllocatedAgainBy(() => _codec.Write(texts)));
        Assert.Equal(0, AllocatedAgainBy(() => _codec.Write(list)));
        // A box for each node's number.
        Assert.InRange(AllocatedAgainBy(() => _codec.Write(chain)), 0, 100 * 24);
    }

    [Fact]
    public void The_memory_for_a_giant_message_is_given_back()
    {
        string[][] some = [.. Enumerable.Range(0, 1000).Select(_ => Array.Empty<string>())];
        some = [.. some.Select(_ => new string[1])];
        Assert.Equal(0, AllocatedAgainBy(() => _codec.Write(some)));

        _codec.Write(Enumerable.Range(0, 100_000).Select(_ => new string[1]).ToArray());

        Assert.NotEqual(0, Damage.AllocatedBy(() => _codec.Write(some)));
    }

    private byte[] Write(object? value)
    {
        _codec.Write(value);
        return _codec.Payload.ToArray();
    }

    /// <summary>A message refused half-way, and one that was cut off.</summary>
    private void Fail(object? value)
    {
        Assert.Throws<TargetNotSupportedException>(() => _codec.Write<object>(new object?[] { value, new MemoryStream() }));
        byte[] whole = Write(new object?[] { value, "and more" });
        Assert.Throws<InvalidDataException>(() => _codec.ReadWarily<object>(whole.AsMemory(0, whole.Length - 1), new ChildTypes(typeof(Codec))));
    }

    private void ReadsOrRefuses<T>(byte[] bytes, ChildTypes types)
    {
        long allocated = Damage.AllocatedBy(() =>
        {
            try
            {
                _ = _codec.ReadWarily<T>(bytes, types);
            }
            catch (InvalidDataException)
            {
                // The one exception that the reader documents; any other fails the test.
            }
        });
        Assert.InRange(allocated, 0, Damage.MostAllocated(bytes.Length));
    }

    private static long AllocatedAgainBy(Action action)
    {
        action();
        return Damage.AllocatedBy(action);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (WeakReference Sent, WeakReference Arrived, WeakReference Refused) SendAndForget()
    {
        var sent = new Node { Value = 1 };
        _codec.Write(sent);
        var arrived = _codec.Read<Node>(_codec.Payload.ToArray());
        var refused = new Node { Other = new MemoryStream() };
        Assert.Throws<TargetNotSupportedException>(() => _codec.Write(refused));
        _codec.Write(0);
        return (new WeakReference(sent), new WeakReference(arrived), new WeakReference(refused));
    }
}
