using System.Collections.ObjectModel;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>Views of collections that a program asked for, and hands on by themselves.</summary>
public sealed class ViewTests
{
    [Fact]
    public async Task Keys_and_values_travel_as_views_of_what_they_are_of()
    {
        var map = new Dictionary<string, int> { ["b"] = 2, ["a"] = 1 };
        var sorted = new SortedDictionary<string, int>(map);
        var list = new SortedList<string, int>(map);
        var readOnly = new ReadOnlyDictionary<string, int>(sorted);

        await EachWay.HoldsAsync<IEnumerable<string>[]>([map.Keys, sorted.Keys, list.Keys, readOnly.Keys], static copy =>
        {
            Assert.Equal(["b", "a"], copy[0]);
            Assert.All(copy.Skip(1), static keys => Assert.Equal(["a", "b"], keys));
        });
        await EachWay.HoldsAsync<IEnumerable<int>[]>([map.Values, sorted.Values, list.Values, readOnly.Values], static copy =>
        {
            Assert.Equal([2, 1], copy[0]);
            Assert.All(copy.Skip(1), static values => Assert.Equal([1, 2], values));
        });
    }

    [Fact]
    public async Task A_part_of_a_sorted_set_stays_a_part_of_it()
    {
        var set = new SortedSet<string>(StringComparer.OrdinalIgnoreCase) { "a", "B", "c", "d" };

        await EachWay.HoldsAsync<SortedSet<string>[]>([set.GetViewBetween("b", "C"), set], static copy =>
        {
            Assert.Equal(["B", "c"], copy[0]);
            copy[1].Remove("B");
            Assert.Equal(["c"], copy[0]);
            copy[1].Add("B");
            Assert.Throws<ArgumentOutOfRangeException>(() => copy[0].Add("x"));
        });
    }

    [Fact]
    public void A_view_and_its_dictionary_stay_together()
    {
        var map = new Dictionary<string, int> { ["a"] = 1 };

        var (keys, copy) = Codec.RoundTrip((map.Keys, map));
        copy.Add("b", 2);

        Assert.Equal(["a", "b"], keys);
    }

    [Fact]
    public async Task A_collection_that_knows_its_items_by_a_key_finds_them()
    {
        var keyed = new ByFirstLetter { "apple", "Banana", "cherry" };

        await EachWay.HoldsAsync(keyed, static copy =>
        {
            Assert.Equal(("Banana", 3), (copy["b"], copy.Count));
            Assert.Throws<ArgumentException>(() => copy.Add("Cedar"));
        });
    }

    [Fact]
    public void A_set_that_is_read_only_travels()
    {
        IReadOnlySet<string> copy = Codec.RoundTrip(new ReadOnlySet<string>(new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "a" }));

        Assert.Contains("A", copy);
    }

    private sealed class ByFirstLetter() : KeyedCollection<string, string>(StringComparer.OrdinalIgnoreCase, dictionaryCreationThreshold: 1)
    {
        protected override string GetKeyForItem(string item) => item[..1];
    }
}
