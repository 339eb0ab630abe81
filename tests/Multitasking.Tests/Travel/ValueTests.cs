using System.Text;
using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Travel;

public sealed class ValueTests
{
    public static TheoryData<string> Kinds => [.. Values.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_value_travels_as_it_is(string kind) => Alike.Assert(Values.All[kind], Codec.RoundTrip(Values.All[kind]));

    [Fact]
    public async Task Every_value_travels_to_a_child_and_back()
    {
        var values = Values.All.Values.ToArray();

        var back = await InChild.RunAsync(() => values);

        Assert.All(back, (value, index) => Alike.Assert(values[index], value));
    }

    [Fact]
    public void A_nullable_without_a_value_travels_where_one_is_declared()
    {
        Assert.Null(Codec.RoundTrip<int?>(null));
        Assert.Equal(5, Codec.RoundTrip<int?>(5));
        Assert.Null(Codec.RoundTrip<(int, string)?>(null));
        Assert.Equal((1, "a"), Codec.RoundTrip<(int, string)?>((1, "a")));
    }

    [Fact]
    public void Declared_as_its_interface_a_value_is_still_what_it_was()
    {
        var list = Assert.IsType<List<int>>(Codec.RoundTrip<IReadOnlyList<int>>(new List<int> { 1, 2 }));

        Assert.Equal([1, 2], list);
    }

    [Fact]
    public void A_list_still_grows_after_it_travelled()
    {
        var list = Codec.RoundTrip(new List<string> { "a" });

        list.AddRange("b", "c");

        Assert.Equal(["a", "b", "c"], list);
    }

    [Fact]
    public void Memory_over_an_array_travels_as_its_part()
    {
        var memory = Codec.RoundTrip(new[] { 1, 2, 3, 4 }.AsMemory(1, 2));

        Assert.Equal([2, 3], memory.ToArray());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void An_encoding_keeps_what_its_name_does_not_tell(bool marksItself, bool isStrict)
    {
        var encoding = new UTF8Encoding(marksItself, isStrict);

        Assert.Equal(encoding, Codec.RoundTrip<Encoding>(encoding));
    }

    [Fact]
    public void An_encoding_with_a_fallback_of_a_class_of_its_own_is_refused()
    {
        var encoding = Encoding.GetEncoding("us-ascii", new Silence(), DecoderFallback.ReplacementFallback);

        Assert.Throws<TargetNotSupportedException>(() => Codec.Write(encoding));
    }

    [Fact]
    public void An_encoding_with_other_fallbacks_arrives_with_them_and_can_be_changed()
    {
        var encoding = Encoding.GetEncoding("us-ascii", new EncoderReplacementFallback("*"), DecoderFallback.ExceptionFallback);

        var copy = Codec.RoundTrip(encoding);

        Assert.Equal("*", Encoding.ASCII.GetString(copy.GetBytes("é")));
        Assert.Throws<DecoderFallbackException>(() => copy.GetString([0xff]));
        copy.EncoderFallback = EncoderFallback.ExceptionFallback;
        Assert.Throws<EncoderFallbackException>(() => copy.GetBytes("é"));
        Assert.Same(Encoding.UTF8, Codec.RoundTrip(Encoding.UTF8));
    }

    [Fact]
    public void A_type_that_no_other_process_can_name_is_refused()
    {
        Assert.Throws<TargetNotSupportedException>(() => Codec.Write(typeof(int*)));
        Assert.Throws<TargetNotSupportedException>(() => Codec.Write(typeof(int).MakeByRefType()));
        Assert.Throws<TargetNotSupportedException>(() => Codec.Write(typeof(List<>).GetGenericArguments()[0]));

        var nested = Enumerable.Range(0, 200).Aggregate(typeof(int), (type, _) => type.MakeArrayType());
        Assert.Throws<TargetNotSupportedException>(() => Codec.Write(nested));
    }

    [Fact]
    public void A_priority_queue_keeps_its_order()
    {
        var queue = Codec.RoundTrip(new PriorityQueue<string, int>([("b", 2), ("a", 1), ("c", 3)]));

        Assert.Equal(["a", "b", "c"], new[] { queue.Dequeue(), queue.Dequeue(), queue.Dequeue() });
    }

    [Fact]
    public void Random_numbers_go_on_where_they_were()
    {
        var random = new Random(42);
        _ = random.Next();

        Assert.Equal(Codec.RoundTrip(random).Next(), random.Next());
    }

    [Fact]
    public async Task A_hundred_megabytes_travel_to_a_child_and_back()
    {
        byte[] large = GC.AllocateUninitializedArray<byte>(100 << 20);
        new Random(1).NextBytes(large);

        byte[] back = await InChild.RunAsync(() => large);

        Assert.True(large.AsSpan().SequenceEqual(back));
    }

    private sealed class Silence : EncoderFallback
    {
        public override int MaxCharCount => 0;

        public override EncoderFallbackBuffer CreateFallbackBuffer() => ReplacementFallback.CreateFallbackBuffer();
    }
}
