using System.Collections;
using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>Values of the framework that mean the same anywhere, and travel by that.</summary>
[Collection(nameof(Alone))]
public sealed class MeaningTests
{
    public static TheoryData<string> Kinds => [.. Meanings.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_value_arrives_with_its_meaning(string kind)
    {
        object value = Meanings.All[kind];

        Assert.Equal(Meanings.Of(value), Meanings.Of(Codec.RoundTrip(value)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_object_stays_one(string kind)
    {
        object value = Meanings.All[kind];

        object[] pair = Codec.RoundTrip<object[]>([value, value]);

        Assert.True(value.GetType().IsValueType || ReferenceEquals(pair[0], pair[1]));
    }

    [Fact]
    public async Task Every_value_is_captured_by_a_child_and_comes_back()
    {
        object[] values = [.. Meanings.All.Values];

        object[] back = await InChild.RunAsync(() => values);

        Assert.Equal(values.Select(Meanings.Of), back.Select(Meanings.Of));
        Assert.Empty(NoChildLeft.Ids());
    }

    [Fact]
    public async Task Every_value_goes_through_a_pool_as_argument_result_element_and_field()
    {
        var values = Meanings.All.Values.Select(static value => new Holder(value)).ToArray();
        await using var pool = new ProcessPool(workers: 2);
        var token = TestContext.Current.CancellationToken;

        var one = await pool.RunAsync(static holder => holder, values[0], token);
        var back = await pool.MapAsync(values, static holder => (Holder: holder, Text: Meanings.Of(holder.Value)), cancellationToken: token);

        Assert.Equal(Meanings.Of(values[0].Value), Meanings.Of(one.Value));
        Assert.Equal(values.Select(static holder => Meanings.Of(holder.Value)), back.Select(static pair => pair.Text));
        Assert.Equal(values.Select(static holder => Meanings.Of(holder.Value)), back.Select(static pair => Meanings.Of(pair.Holder.Value)));
    }

    [Fact]
    public async Task Declared_as_what_they_are_they_are_arguments_and_results()
    {
        await using var pool = new ProcessPool(workers: 1);
        var token = TestContext.Current.CancellationToken;

        Assert.Equal(IPAddress.Loopback, await pool.RunAsync(static value => value, IPAddress.Loopback, token));
        Assert.Equal(IPNetwork.Parse("10.0.0.0/8"), await pool.RunAsync(static value => value, IPNetwork.Parse("10.0.0.0/8"), token));
        Assert.Equal(System.Drawing.Color.Red, await pool.RunAsync(static value => value, System.Drawing.Color.Red, token));
        Assert.Equal(7, (await pool.RunAsync(static value => value, new Lazy<int>(7), token)).Value);
        Assert.Equal("""{"a":1}""", (await pool.RunAsync(static value => value, JsonNode.Parse("""{"a":1}""")!, token)).ToJsonString());
        Assert.Equal(2, (await pool.RunAsync(static value => value, new[] { 1, 2, 2 }.ToLookup(static i => i), token))[2].Count());
        Assert.Equal(["a"], await pool.RunAsync(static value => value, new[] { "a" }.ToFrozenSet(), token));
    }

    [Fact]
    public void Every_value_is_a_message_of_a_channel()
    {
        var token = TestContext.Current.CancellationToken;
        using var channel = ProcessChannel.CreateUnbounded<Holder>();
        foreach (object value in Meanings.All.Values)
        {
            channel.Writer.Write(new Holder(value), token);
            Assert.Equal(Meanings.Of(value), Meanings.Of(channel.Reader.Read(token).Value));
        }
    }

    [Fact]
    public async Task Every_value_is_reported_to_a_progress()
    {
        object[] values = [.. Meanings.All.Values];
        var reports = new List<object>();
        IProgress<object> progress = new Collector(reports);

        await InChild.RunAsync(() =>
        {
            foreach (object value in values)
                progress.Report(value);
        });

        Assert.Equal(values.Select(Meanings.Of), reports.Select(Meanings.Of));
    }

    [Fact]
    public void A_frozen_dictionary_is_whole_before_what_holds_it()
    {
        var shared = new List<string> { "x" };
        var frozen = new Dictionary<string, List<string>> { ["a"] = shared }.ToFrozenDictionary();

        var (first, second, third) = Codec.RoundTrip((shared, frozen, shared));

        Assert.Same(first, second["a"]);
        Assert.Same(first, third);
        Assert.Equal(["x"], first);
    }

    [Fact]
    public void A_frozen_dictionary_that_leads_back_to_what_holds_it_is_refused()
    {
        object[] holder = [null!];
        holder[0] = new Dictionary<string, object> { ["a"] = holder }.ToFrozenDictionary();

        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.Write(holder));

        Assert.StartsWith("value[0] : ", refusal.Path, StringComparison.Ordinal);
        Assert.Contains("leads back to it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hash_table_may_hold_itself()
    {
        var table = new Hashtable();
        table["self"] = table;

        var copy = Codec.RoundTrip(table);

        Assert.Same(copy, copy["self"]);
    }

    [Fact]
    public void A_lazy_value_may_hold_what_holds_it()
    {
        object[] holder = [null!];
        holder[0] = new Lazy<object>(holder);

        object[] copy = Codec.RoundTrip(holder);

        Assert.Same(copy, ((Lazy<object>)copy[0]).Value);
    }

    [Fact]
    public void A_key_of_a_hash_table_is_whole_before_it_is_hashed()
    {
        var key = new Address("Street", 1);

        Assert.True(Codec.RoundTrip(new Hashtable { [key] = 1 }).ContainsKey(key));
    }

    [Fact]
    public void Who_listens_to_a_collection_stays_behind()
    {
        var collection = new ObservableCollection<int> { 1 };
        using var stream = new MemoryStream();
        collection.CollectionChanged += (_, _) => stream.WriteByte(0);

        var copy = Codec.RoundTrip(collection);
        int changes = 0;
        copy.CollectionChanged += (_, _) => changes++;
        copy.Add(2);

        Assert.Equal([1, 2], copy);
        Assert.Equal(1, changes);
    }

    [Fact]
    public void A_lazy_value_that_is_not_evaluated_is_refused_with_the_way_out() =>
        Assert.Contains("read its Value before", Refusal(new Lazy<int>(static () => 1)), StringComparison.Ordinal);

    [Fact]
    public void An_XML_document_with_a_document_type_is_refused() =>
        Assert.Contains("document type", Refusal(XDocument.Parse("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>")), StringComparison.Ordinal);

    [Fact]
    public void JSON_and_XML_beyond_the_depth_are_refused_where_they_are_written()
    {
        var json = JsonDocument.Parse(new string('[', 1001) + new string(']', 1001), new JsonDocumentOptions { MaxDepth = 2000 });
        var xml = new XElement("a");
        for (int i = 0; i < 1001; i++)
            xml = new XElement("a", xml);

        Assert.Contains("1000", Refusal(json), StringComparison.Ordinal);
        Assert.Contains("1,000", Refusal(xml), StringComparison.Ordinal);
    }

    [Fact]
    public void A_JSON_value_that_holds_an_object_is_refused() =>
        Assert.Contains("SerializeToNode", Refusal(JsonValue.Create(new { Name = "x" })!), StringComparison.Ordinal);

    [Fact]
    public void JSON_that_was_disposed_of_is_refused_with_the_reason()
    {
        var document = JsonDocument.Parse("1");
        document.Dispose();

        Assert.IsType<ObjectDisposedException>(Assert.Throws<TargetNotSupportedException>(() => Codec.Write(document)).InnerException);
    }

    [Fact]
    public void A_pattern_from_a_child_is_not_compiled_and_has_a_longest_length()
    {
        string longest = new('a', 10_000);

        Assert.Equal(RegexOptions.Compiled, Codec.RoundTrip(new Regex(longest, RegexOptions.Compiled)).Options);
        Assert.Contains("10,000 characters", Refusal(new Regex(longest + "a")), StringComparison.Ordinal);
        Assert.Equal(10_001, Codec.ReadCall<Regex>(Codec.WriteCall(new Regex(longest + "a"))).ToString().Length);
    }

    [Fact]
    public void Many_costly_patterns_from_a_child_are_given_up_in_time()
    {
        string costly = string.Concat(Enumerable.Repeat("(?:a|b", 1400)) + new string(')', 1400);
        byte[] message = Codec.Write<object>(Enumerable.Range(0, 100).Select(_ => new Regex(costly, RegexOptions.None)).ToArray());

        var error = Record.Exception(() => Codec.Read<object>(message));

        Assert.True(error is null || error.Message.Contains("processor time", StringComparison.Ordinal), error?.Message);
    }

    [Fact]
    public void What_a_child_makes_up_is_malformed_and_runs_nothing()
    {
        byte[] pattern = Codec.Write<object>(new Regex("(a)"));
        byte[] xml = Codec.Write<object>(XElement.Parse("<abcdefghij/>"));

        Assert.Throws<InvalidDataException>(() => Codec.Read<object>(Damage.Replaced(pattern, "(a)", "(a(")));
        Assert.Throws<InvalidDataException>(() => Codec.Read<object>(Damage.Replaced(xml, "<abcdefghij", "<!DOCTYPE a")));
    }

    private static string Refusal(object value)
    {
        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.Write(value));
        Assert.StartsWith($"value : {value.GetType().Name.Split('`')[0]}", refusal.Path, StringComparison.Ordinal);
        return refusal.Message;
    }

    internal sealed record Holder(object Value);

    private sealed class Collector(List<object> reports) : IProgress<object>
    {
        public void Report(object value) => reports.Add(value);
    }
}
