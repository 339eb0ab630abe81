using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Travel;

public sealed class IdentityTests
{
    [Fact]
    public void Two_references_to_one_object_stay_one()
    {
        int[] shared = [1];

        object[] copy = Codec.RoundTrip<object[]>([shared, shared, new List<int[]> { shared }, (shared, 1)]);

        Assert.Same(copy[0], copy[1]);
        Assert.Same(copy[0], ((List<int[]>)copy[2])[0]);
        Assert.Same(copy[0], (((int[], int))copy[3]).Item1);
    }

    [Fact]
    public void Two_equal_objects_stay_two()
    {
        Address[] copy = Codec.RoundTrip<Address[]>([new("a", 1), new("a", 1)]);

        Assert.Equal(copy[0], copy[1]);
        Assert.NotSame(copy[0], copy[1]);
    }

    [Fact]
    public void A_cycle_survives()
    {
        var node = new Node { Next = new Node { Value = 2 } };
        node.Next.Next = node;
        node.Other = new object?[] { node, null };
        ((object?[])node.Other)[1] = node.Other;

        var copy = Codec.RoundTrip(node);

        Assert.Same(copy, copy.Next!.Next);
        var array = (object[])copy.Other!;
        Assert.Same(copy, array[0]);
        Assert.Same(array, array[1]);
    }

    [Fact]
    public void A_collection_may_hold_itself()
    {
        var list = new List<object>();
        var map = new Dictionary<string, object> { ["list"] = list };
        list.Add(list);
        list.Add(map);
        map["me"] = map;

        var copy = Codec.RoundTrip(list);

        var copied = (Dictionary<string, object>)copy[1];
        Assert.Same(copy, copy[0]);
        Assert.Same(copied, copied["me"]);
        Assert.Same(copy, copied["list"]);
    }

    [Fact]
    public async Task Captured_variables_target_and_answer_share_their_objects()
    {
        var list = new List<int>();
        var holder = new Node { Other = list };
        Func<object?> get = () => list;

        var (same, pair) = await InChild.RunAsync(() =>
        {
            list.Add(1);
            return (ReferenceEquals(list, holder.Other) && ReferenceEquals(get(), list), (list, (object?)holder.Other));
        });

        Assert.True(same);
        Assert.Same(pair.list, pair.Item2);
        Assert.Equal([1], pair.list);
        Assert.Empty(list);
    }

    [Fact]
    public async Task A_list_of_a_hundred_thousand_nodes_needs_no_stack()
    {
        var chain = Node.Chain(100_000);

        var back = await InChild.RunAsync(() => chain);

        Assert.Equal(100_000, back.Length());
    }

    [Fact]
    public void Collections_nested_a_hundred_thousand_deep_need_no_stack()
    {
        object inner = 0;
        for (int i = 0; i < 100_000; i++)
            inner = (i % 3) switch { 0 => new[] { inner }, 1 => new List<object> { inner }, _ => Tuple.Create(inner) };

        Assert.Equal(inner.GetType(), Codec.RoundTrip(inner).GetType());
    }

    [Fact]
    public void Dictionaries_nested_ten_thousand_deep_need_no_stack()
    {
        object inner = 0;
        for (int i = 0; i < 10_000; i++)
            inner = new Dictionary<string, object> { ["inner"] = inner };

        Assert.Single((Dictionary<string, object>)Codec.RoundTrip(inner));
    }

    [Fact]
    public void Boxed_structs_nested_deeply_are_refused_with_a_reason()
    {
        object inner = 0;
        for (int i = 0; i < 100_000; i++)
            inner = KeyValuePair.Create(i, inner);

        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.Write(inner));

        Assert.Contains("1,000 deep", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Delegates_chained_deeply_are_refused_with_a_reason()
    {
        Func<int> chained = () => 1;
        for (int i = 0; i < 100_000; i++)
            chained = chained.Forward;

        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.Write(chained));

        Assert.Contains("1,000 deep", refusal.Message, StringComparison.Ordinal);
    }
}

internal static class ForwardExtensions
{
    internal static int Forward(this Func<int> inner) => inner();
}
