using System.Collections.Concurrent;
using System.Collections.Immutable;
using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Travel;

public sealed class CollectionTests
{
    [Fact]
    public async Task Well_known_comparers_work_in_the_child_and_after_it()
    {
        var map = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["Key"] = 1 };
        var set = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "Key" };
        var concurrent = new ConcurrentDictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["Key"] = 1 };
        var immutable = ImmutableDictionary.Create<string, int>(StringComparer.OrdinalIgnoreCase).Add("Key", 1);
        var immutableSet = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "Key");
        var sorted = new SortedDictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["Key"] = 1 };
        var sortedList = new SortedList<string, int>(StringComparer.OrdinalIgnoreCase) { ["Key"] = 1 };
        var sortedSet = new SortedSet<string>(StringComparer.OrdinalIgnoreCase) { "Key" };
        Func<bool[]> find = () =>
        [
            map.ContainsKey("KEY"), set.Contains("KEY"), concurrent.ContainsKey("KEY"), immutable.ContainsKey("KEY"),
            immutableSet.Contains("KEY"), sorted.ContainsKey("KEY"), sortedList.ContainsKey("KEY"), sortedSet.Contains("KEY"),
        ];

        var (inChild, back) = await InChild.RunAsync(() => (find(), find));

        Assert.DoesNotContain(false, inChild);
        Assert.DoesNotContain(false, back());
    }

    [Fact]
    public async Task Without_a_comparer_strings_are_found_though_hash_codes_differ_by_process()
    {
        var map = new Dictionary<string, int> { ["a"] = 1 };
        var set = new HashSet<(string, int)> { ("a", 1) };

        var back = await InChild.RunAsync(() => (map.ContainsKey("a"), set.Contains(("a", 1)), map, set));

        Assert.Equal((true, true), (back.Item1, back.Item2));
        Assert.True(back.map.ContainsKey("a"));
        Assert.Contains(("a", 1), back.set);
        Assert.Same(map.Comparer, back.map.Comparer);
    }

    [Fact]
    public void A_comparer_of_the_user_travels_as_the_object_it_is()
    {
        var map = Codec.RoundTrip(new Dictionary<string, int>(new ByLength { Divisor = 2 }) { ["ab"] = 1 });
        var set = Codec.RoundTrip(new HashSet<string>(new ByLength()) { "ab" });
        var sorted = Codec.RoundTrip(new SortedSet<string>(new ByLength()) { "abc", "x" });

        Assert.True(map.ContainsKey("xyz"));
        Assert.Contains("xy", set);
        Assert.Equal(["x", "abc"], sorted);
        Assert.False(sorted.Add("y"));
    }

    [Fact]
    public void A_comparer_by_reference_stays_one()
    {
        Address first = new("a", 1), equal = new("a", 1);

        var set = Codec.RoundTrip(new HashSet<object>(ReferenceEqualityComparer.Instance) { first, equal });

        Assert.Equal(2, set.Count);
        Assert.Same(ReferenceEqualityComparer.Instance, set.Comparer);
    }

    [Fact]
    public void A_comparer_made_of_delegates_is_refused_because_reading_would_run_them()
    {
        var comparer = EqualityComparer<string>.Create((x, y) => x?.Length == y?.Length, text => text.Length);

        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.Write(new Dictionary<string, int>(comparer)));

        Assert.Equal("value.Comparer : DelegateEqualityComparer<string>", refusal.Path);
    }

    [Fact]
    public void An_order_made_of_a_delegate_travels_with_it()
    {
        var byLength = Comparer<string>.Create((x, y) => x.Length.CompareTo(y.Length));

        Assert.False(Codec.RoundTrip(new SortedSet<string>(byLength) { "ab" }).Add("xy"));
    }

    [Fact]
    public void A_set_that_compares_sets_travels_with_its_comparer()
    {
        var sets = Codec.RoundTrip(new HashSet<HashSet<int>>(HashSet<int>.CreateSetComparer()) { new() { 1, 2 } });

        Assert.Contains(new HashSet<int> { 2, 1 }, sets);
    }

    [Fact]
    public void Keys_are_whole_before_they_are_hashed()
    {
        var map = Codec.RoundTrip(new Dictionary<ListKey, string> { [new ListKey(1, 2)] = "a" });

        Assert.Equal("a", map[new ListKey(1, 2)]);
    }

    [Fact]
    public void A_key_that_was_met_before_its_dictionary_is_whole_too()
    {
        var inner = new HashSet<int> { 1, 2 };
        var sets = new HashSet<HashSet<int>>(new BySum()) { inner };

        var (copy, copies) = Codec.RoundTrip((inner, sets));

        Assert.Same(copy, Assert.Single(copies));
        Assert.Contains(copy, copies);
    }

    [Fact]
    public void Immutable_sorted_collections_go_on_working()
    {
        var map = Codec.RoundTrip(ImmutableSortedDictionary.Create<string, int>(StringComparer.OrdinalIgnoreCase).Add("b", 2));
        var set = Codec.RoundTrip(ImmutableSortedSet<int>.Empty);

        Assert.Equal(["a", "b"], map.Add("a", 1).Add("B", 2).Keys);
        Assert.Equal([1, 2], set.Add(2).Add(1));
    }

    [Fact]
    public void A_stack_is_not_turned_around()
    {
        Assert.Equal(3, Codec.RoundTrip(new Stack<int>([1, 2, 3])).Peek());
        Assert.True(Codec.RoundTrip(new ConcurrentStack<int>([1, 2, 3])).TryPeek(out int top));
        Assert.Equal(3, top);
    }

    private sealed class BySum : IEqualityComparer<HashSet<int>>
    {
        public bool Equals(HashSet<int>? x, HashSet<int>? y) => x?.Sum() == y?.Sum();

        public int GetHashCode(HashSet<int> obj) => obj.Sum();
    }
}
