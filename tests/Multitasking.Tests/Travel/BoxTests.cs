using System.Numerics;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>A boxed value is an object: it is one or two, and whoever changes it through one reference changes it for all.</summary>
public sealed class BoxTests
{
    [Fact]
    public async Task One_box_stays_one_and_two_stay_two()
    {
        object number = 5, day = DayOfWeek.Friday, place = new Place(1.5, new("a", 1)), big = BigInteger.Pow(3, 90);
        object? nullable = (int?)3;

        await EachWay.HoldsAsync<object?[]>([number, day, place, big, nullable, null, number, day, place, big, nullable, 5], static copy =>
        {
            Assert.Equal((5, DayOfWeek.Friday, 3), ((int)copy[0]!, (DayOfWeek)copy[1]!, (int)copy[4]!));
            Assert.All(Enumerable.Range(0, 5), i => Assert.Same(copy[i], copy[i + 6]));
            Assert.NotSame(copy[0], copy[11]);
        });
    }

    [Fact]
    public async Task A_box_that_is_changed_is_changed_for_all_who_hold_it()
    {
        ICounter counter = new Counter();
        await EachWay.HoldsAsync((counter, (Action)counter.Next, new Dictionary<ICounter, int>(ReferenceEqualityComparer.Instance) { [counter] = 1 }), static copy =>
        {
            int before = copy.counter.Count;
            copy.Item2();
            Assert.Equal(before + 1, copy.counter.Count);
            Assert.Equal(1, copy.Item3[copy.counter]);
        });
    }

    [Fact]
    public void A_box_may_hold_what_holds_it()
    {
        object[] holder = new object[2];
        holder[0] = holder[1] = KeyValuePair.Create(1, (object)holder);
        ICounter self = new Counter();
        self.Other = self;

        var copy = Codec.RoundTrip(holder);
        var one = Codec.ReadCall<ICounter>(Codec.WriteCall(self));

        Assert.Same(copy, ((KeyValuePair<int, object>)copy[1]).Value);
        Assert.Same(one, one.Other);
    }

    [Fact]
    public void A_box_that_is_a_key_is_whole_before_it_is_hashed()
    {
        object key = new Keyed(["a", "b"]);
        var map = new Dictionary<object, int> { [key] = 1 };

        var (copies, same) = Codec.RoundTrip((new object[] { key, key }, map));

        Assert.Equal(1, same[copies[1]]);
        Assert.Equal(1, same[new Keyed(["a", "b"])]);
    }

    [Fact]
    public void Nullable_values_are_in_no_box_of_their_own()
    {
        var (one, other) = Codec.RoundTrip<(int?, object)>((7, 7));

        Assert.Equal((7, 7), (one, other));
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(600, false)]
    public void Boxes_in_boxes_of_a_child_are_counted(int deep, bool isRead)
    {
        object box = 1;
        for (int i = 0; i < deep; i++)
            box = KeyValuePair.Create(i, box);
        // A parent's writer does not count them, so these are also the bytes of a child that lies.
        byte[] bytes = Codec.WriteCall(box);

        Assert.Equal(!isRead, Record.Exception(() => Codec.Write(box)) is TargetNotSupportedException);
        Assert.Equal(!isRead, Record.Exception(() => Codec.Read<object>(bytes)) is InvalidDataException);
        Assert.NotNull(Codec.ReadCall<object>(bytes));
    }

    private interface ICounter
    {
        int Count { get; }

        ICounter? Other { get; set; }

        void Next();
    }

    private struct Counter : ICounter
    {
        public int Count { get; private set; }

        public ICounter? Other { get; set; }

        public void Next() => Count++;
    }

    private readonly struct Keyed(List<string> names) : IEquatable<Keyed>
    {
        private readonly List<string> _names = names;

        public bool Equals(Keyed other) => _names.SequenceEqual(other._names);

        public override bool Equals(object? obj) => obj is Keyed other && Equals(other);

        public override int GetHashCode() => _names.Sum(static name => name.Length);
    }
}
