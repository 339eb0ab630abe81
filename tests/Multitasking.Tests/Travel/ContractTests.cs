using CsCheck;
using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Travel;

public sealed class ContractTests
{
    private static readonly Order s_order = new()
    {
        Number = 7,
        Customer = "lone \uD83D surrogate",
        Lines = [new("a", 1), new("b", 2)],
        Ignored = "left out",
        Log = new MemoryStream(),
    };

    [Fact]
    public void An_object_with_MemoryPacks_contract_travels_to_a_child_by_it()
    {
        var arrived = Codec.ReadCall<Order>(Codec.WriteCall(s_order));

        AssertAlike(arrived);
        Assert.True(arrived.IsConstructed);
    }

    [Fact]
    public void An_object_with_MemoryPacks_contract_comes_back_by_the_fields_that_it_does_not_ignore()
    {
        var back = Codec.Read<Order>(Codec.Write(s_order));

        AssertAlike(back);
        Assert.False(back.IsConstructed);
    }

    [Fact]
    public async Task An_object_with_MemoryPacks_contract_travels_through_a_child_and_leaves_out_what_it_ignores()
    {
        var order = s_order;

        var (back, arrived) = await InChild.RunAsync(() => (order, order.Ignored is null && order.Log is null && order.IsConstructed));

        Assert.True(arrived);
        AssertAlike(back);
    }

    [Fact]
    public void A_struct_with_MemoryPacks_contract_leaves_out_what_it_ignores()
    {
        var lines = Codec.RoundTrip(new Dictionary<string, OrderLine?[]> { ["a"] = [new("b", 3) { Log = Stream.Null }, null] });

        Assert.Equal([new OrderLine("b", 3), null], lines["a"]);
    }

    [Fact]
    public void A_parent_lets_MemoryPack_read_nothing() =>
        Assert.Contains("by its contract in an answer", Assert.Throws<InvalidDataException>(() => Codec.Read<Order>(Codec.WriteCall(s_order))).Message, StringComparison.Ordinal);

    [Fact]
    public void An_object_with_MemoryPacks_contract_stays_one_object_where_it_is_met_again()
    {
        var (one, other) = Codec.ReadCall<(Order, object)>(Codec.WriteCall((s_order, (object)s_order)));

        Assert.Same(one, other);
    }

    [Fact]
    public void A_type_that_can_nest_without_end_travels_by_its_fields()
    {
        Branch? chain = null;
        for (int i = 0; i < 100_000; i++)
            chain = new Branch { Next = chain, Ignored = "left out" };

        var arrived = Codec.ReadCall<Branch?>(Codec.WriteCall(chain));

        int length = 0;
        for (; arrived is not null; arrived = arrived.Next, length++)
            Assert.Equal((null, false), (arrived.Ignored, arrived.IsConstructed));
        Assert.Equal(100_000, length);
    }

    [Fact]
    public void A_type_that_ignores_others_of_its_kind_travels_by_its_contract()
    {
        var arrived = Codec.ReadCall<Leaf>(Codec.WriteCall(new Leaf { Number = 1, Other = new Leaf() }));

        Assert.Equal((1, true), (arrived.Number, arrived.IsConstructed));
        Assert.Null(arrived.Other);
    }

    [Fact]
    public void A_class_on_top_of_one_with_a_contract_travels_by_its_fields()
    {
        var back = Codec.RoundTrip(new ExpressOrder { Hour = "12", Weight = 3, Ignored = "kept" });

        Assert.Equal(("12", 3, "kept"), (back.Hour, back.Weight, back.Ignored));
    }

    [Fact]
    public void An_object_that_MemoryPack_does_not_write_is_refused_with_its_reason()
    {
        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.WriteCall(new object[] { new Stubborn() }));

        Assert.Equal("value[0] : Stubborn", refusal.Path);
        Assert.Contains("not today", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contract_with_changed_bytes_is_refused_or_read_but_does_no_harm()
    {
        byte[] message = Codec.Write<object>(s_order);

        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[1, 6].Sample(
            changes =>
            {
                var error = Record.Exception(() => Codec.Read<object>(Damage.Change(message, changes)));
                Assert.True(error is null or InvalidDataException, error?.ToString());
            },
            iter: 10_000,
            threads: 1);
    }

    [Fact]
    public void A_contract_that_was_cut_off_is_refused_wherever_that_was()
    {
        byte[] whole = Codec.Write(s_order);

        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<InvalidDataException>(() => Codec.Read<Order>(whole.AsMemory(0, length)));
    }

    private static void AssertAlike(Order back)
    {
        Assert.Equal((7, s_order.Customer), (back.Number, back.Customer));
        Assert.Equal(s_order.Lines, back.Lines);
        Assert.Null(back.Ignored);
        Assert.Null(back.Log);
    }
}
