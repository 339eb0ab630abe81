using System.Runtime.CompilerServices;
using Xunit;

namespace Multitasking.Tests.Travel;

public sealed class InlineArrayTests
{
    [Fact]
    public async Task All_elements_of_an_inline_array_of_references_travel()
    {
        var four = default(Four);
        (four[0], four[1], four[3]) = ("a", "b", "d");

        await EachWay.HoldsAsync(four, static copy => Assert.Equal(("a", "b", null, "d"), (copy[0], copy[1], copy[2], copy[3])));
    }

    [Fact]
    public async Task So_do_those_that_are_structs_with_references_and_inline_arrays_themselves()
    {
        var pairs = default(Pairs);
        (pairs[0], pairs[2]) = (("a", 1), ("c", null));
        var rows = default(Rows);
        (rows[0][1], rows[1][3]) = ("x", "y");
        var holder = new Holder { Pairs = pairs, Rows = [rows, rows] };
        (holder.Numbers[7], holder.Texts[2], holder.Texts[15]) = (7, "t", "u");

        await EachWay.HoldsAsync(holder, static copy =>
        {
            Assert.Equal((("a", 1), (null, null), ("c", null)), (copy.Pairs[0], copy.Pairs[1], copy.Pairs[2]));
            Assert.Equal(("x", "y", null), (copy.Rows[1][0][1], copy.Rows[0][1][3], copy.Rows[0][0][0]));
            Assert.Equal((7, "t", "u"), (copy.Numbers[7], copy.Texts[2], copy.Texts[15]));
        });
    }

    [Fact]
    public void One_object_in_two_elements_stays_one()
    {
        int[] shared = [1];
        var some = default(Objects);
        (some[0], some[2]) = (shared, shared);

        var copy = Codec.RoundTrip(some);

        Assert.Same(copy[0], copy[2]);
        Assert.Equal([1], (int[])copy[0]!);
    }

    [Fact]
    public void An_element_that_cannot_travel_is_refused_by_its_place()
    {
        var some = default(Objects);
        some[1] = new MemoryStream();

        Assert.Equal("value[1] : MemoryStream", Assert.Throws<TargetNotSupportedException>(() => Codec.Write(some)).Path);
    }

    [InlineArray(4)]
    private struct Four
    {
        private string? _first;
    }

    [InlineArray(3)]
    private struct Pairs
    {
        private (string, int?) _first;
    }

    [InlineArray(2)]
    private struct Rows
    {
        private Four _first;
    }

    [InlineArray(3)]
    private struct Objects
    {
        private object? _first;
    }

    private sealed class Holder
    {
        internal Pairs Pairs;

        internal Rows[] Rows { get; init; } = [];

        internal InlineArray8<int> Numbers;

        internal InlineArray16<string> Texts;
    }
}
