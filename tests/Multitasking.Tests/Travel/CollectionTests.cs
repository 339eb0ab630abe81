using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
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

    [Fact]
    public void Nodes_of_a_linked_list_that_are_known_beside_it_stay_its_nodes()
    {
        var list = new LinkedList<string>(["a", "b", "c"]);
        var byName = new Dictionary<string, LinkedListNode<string>> { ["b"] = list.First!.Next! };

        var (nodes, copy) = Codec.RoundTrip((byName, list));
        copy.Remove(nodes["b"]);

        Assert.Equal(["a", "c"], copy);
        Assert.Null(nodes["b"].List);
        Assert.Same(copy, copy.First!.List);
    }

    [Fact]
    public void A_node_leads_to_its_list_and_one_without_stays_without()
    {
        var node = Codec.RoundTrip(new LinkedList<int>([1, 2, 3]).First!);

        Assert.Equal([1, 2, 3], node.List!);
        Assert.Same(node, node.List!.First);
        Assert.Null(Codec.RoundTrip(new LinkedListNode<int>(5)).List);
    }

    [Fact]
    public void A_list_whose_keys_were_read_travels()
    {
        var list = new SortedList<string, int> { ["b"] = 2, ["a"] = 1 };
        var map = new ReadOnlyDictionary<string, int>(new Dictionary<string, int> { ["a"] = 1 });
        Assert.Equal("a", list.Keys[0]);
        Assert.Single(map.Keys);

        Assert.Equal(["a", "b"], Codec.RoundTrip(list).Keys);
        Assert.Equal(["a"], Codec.RoundTrip(map).Keys);
    }

    [Fact]
    public void Immutable_dictionaries_keep_the_comparer_of_their_values()
    {
        var map = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase, StringComparer.OrdinalIgnoreCase).Add("k", "v");
        var sorted = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase).Add("k", "v");

        bool isThere = Codec.RoundTrip(map).Contains(KeyValuePair.Create("K", "V"));
        bool isInSorted = Codec.RoundTrip(sorted).Contains(KeyValuePair.Create("k", "V"));
        Assert.True(isThere && isInSorted);
        Assert.Equal("v", Codec.RoundTrip(ImmutableSortedDictionary<int, string>.Empty.Add(1, "v"))[1]);
    }

    [Fact]
    public void A_class_derived_from_a_collection_keeps_its_own_fields_and_its_items()
    {
        var names = Codec.RoundTrip(new Names { "a", "b" });
        var queue = Codec.RoundTrip(new Waiting([1, 2]));

        Assert.Equal(["a", "b"], names);
        Assert.Equal("names", names.Title);
        names.Add("c");
        Assert.Equal((3, "queue", 1), (names.Count, queue.Title, queue.Dequeue()));
    }

    [Fact]
    public void A_collection_that_holds_itself_still_does()
    {
        var list = new List<object>();
        list.Add(list);
        var queue = new Queue<object>();
        queue.Enqueue(queue);
        var linked = new LinkedList<object>();
        linked.AddLast(linked);
        var stack = new Stack<object>();
        stack.Push(new object[] { stack });

        var copy = Codec.RoundTrip(list);
        Assert.Same(copy, copy[0]);
        var line = Codec.RoundTrip(queue);
        Assert.Same(line, line.Peek());
        var links = Codec.RoundTrip(linked);
        Assert.Same(links, links.First!.Value);
        var pile = Codec.RoundTrip(stack);
        Assert.Same(pile, ((object[])pile.Peek())[0]);
    }

    [Fact]
    public void A_builder_keeps_the_length_that_it_may_reach()
    {
        var text = Codec.RoundTrip(new System.Text.StringBuilder(4, 10).Append("abc"));

        Assert.Equal(("abc", 10), (text.ToString(), text.MaxCapacity));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.Append('x', 8));
    }

    private sealed class Names : List<string>
    {
        public string Title { get; } = "names";
    }

    private sealed class Waiting(IEnumerable<int> items) : Queue<int>(items)
    {
        public string Title { get; } = "queue";
    }

    private sealed class BySum : IEqualityComparer<HashSet<int>>
    {
        public bool Equals(HashSet<int>? x, HashSet<int>? y) => x?.Sum() == y?.Sum();

        public int GetHashCode(HashSet<int> obj) => obj.Sum();
    }
}
