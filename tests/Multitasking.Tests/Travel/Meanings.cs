using System.Collections;
using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.Drawing;
using System.Net;
using System.Net.Mail;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Multitasking.Tests.Travel;

/// <summary>Values of the framework that travel by what they mean, and that meaning as text: equal values have equal texts.</summary>
internal static partial class Meanings
{
    internal static Dictionary<string, object> All { get; } = new()
    {
        ["address"] = IPAddress.Parse("10.1.2.3"),
        ["address of this machine"] = IPAddress.Loopback,
        ["address with a scope"] = IPAddress.Parse("fe80::1:2%7"),
        ["mapped address"] = IPAddress.Parse("::ffff:1.2.3.4"),
        ["end point"] = new IPEndPoint(IPAddress.IPv6Loopback, 65535),
        ["named end point"] = new DnsEndPoint("example.org", 443, AddressFamily.InterNetworkV6),
        ["network"] = IPNetwork.Parse("10.128.0.0/9"),
        ["network of the later kind"] = IPNetwork.Parse("2001:db8::/32"),
        ["network never set"] = default(IPNetwork),
        ["hardware address"] = PhysicalAddress.Parse("00-11-22-33-44-FF"),
        ["mail address"] = new MailAddress("ada@example.org", "Ada, Countess"),
        ["regular expression"] =
            new Regex("^(?<word>a+)\\s$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(3)),
        ["compiled regular expression"] = new Regex("(a|b)*c", RegexOptions.Compiled),
        ["regular expression without backtracking"] = new Regex("a.c", RegexOptions.NonBacktracking),
        ["generated regular expression"] = Words(),
        ["file"] = new FileInfo("some/../where.txt"),
        ["folder"] = new DirectoryInfo("/tmp/a/"),
        ["JSON object"] = JsonNode.Parse("""{"a":1.50,"b":[null,true,"\u0000é"],"A":{}}""")!,
        ["JSON object without case"] = new JsonObject(new JsonNodeOptions { PropertyNameCaseInsensitive = true }) { ["Key"] = 1 },
        ["JSON array"] = new JsonArray(1, "two", new JsonObject()),
        ["JSON number"] = JsonValue.Create(12345678901234567890m),
        ["JSON text"] = JsonValue.Create("text"),
        ["JSON time"] = JsonValue.Create(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)),
        ["part of JSON"] = JsonNode.Parse("""{"a":{"b":[1,2]}}""")!["a"]!,
        ["deep JSON"] =
            JsonNode.Parse(new string('[', 900) + new string(']', 900), documentOptions: new JsonDocumentOptions { MaxDepth = 900 })!,
        ["JSON element"] = JsonDocument.Parse("""[1,{"a":"b"}]""").RootElement,
        ["JSON element with a comment"] =
            JsonDocument.Parse("[1, /* */ 2]", new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }).RootElement,
        ["JSON element never set"] = default(JsonElement),
        ["JSON document"] = JsonDocument.Parse("""{"a":[1]}"""),
        ["XML element"] =
            XElement.Parse("<a xmlns:p='urn:p' p:b=' 1&#10;2 '> <p:c/>x<![CDATA[<y>]]><!--z--><d></d></a>", LoadOptions.PreserveWhitespace),
        ["XML with line ends"] = new XElement("a", "x\r\ny\rz", new XAttribute("b", "\t\r\n")),
        ["part of XML"] = XElement.Parse("<a xmlns='urn:a'><b><c/></b></a>").Elements().First(),
        ["XML document"] = new XDocument(
            new XDeclaration("1.0", "utf-16", null), new XComment("before"), new XElement("a", new XElement("b")),
            new XProcessingInstruction("p", "q")),
        ["XML name"] = XName.Get("local", "urn:n"),
        ["XML namespace"] = XNamespace.Get("urn:n"),
        ["XML attribute"] = new XAttribute(XName.Get("b", "urn:n"), "1"),
        ["HTTP method"] = HttpMethod.Patch,
        ["HTTP method of one's own"] = new HttpMethod("PURGE"),
        ["known color"] = Color.Red,
        ["color of parts"] = Color.FromArgb(1, 2, 3, 4),
        ["color by an unknown name"] = Color.FromName("Nobody"),
        ["no color"] = Color.Empty,
        ["names and values"] = new NameValueCollection { { "a", "1" }, { "A", "2" }, { null, "3" }, { "empty", null } },
        ["names and values by case"] = new NameValueCollection(StringComparer.Ordinal) { { "a", "1" }, { "A", "2" } },
        ["frozen dictionary"] = new Dictionary<string, int> { ["a"] = 1, ["B"] = 2 }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        ["frozen dictionary of numbers"] = Enumerable.Range(0, 50).ToFrozenDictionary(static i => i, static i => (string?)$"{i}"),
        ["empty frozen dictionary"] = FrozenDictionary<string, object>.Empty,
        ["frozen set"] = new[] { "a", "b" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase),
        ["frozen set of numbers"] = Enumerable.Range(0, 99).ToFrozenSet(),
        ["ordered dictionary"] = new OrderedDictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["z"] = 1, ["a"] = 2 },
        ["observable collection"] = new ObservableCollection<int> { 3, 1, 2 },
        ["keyed collection"] = new Keyed { "one", "three" },
        ["read-only set"] = new ReadOnlySet<int>(new HashSet<int> { 1, 2 }),
        ["hash table"] = new Hashtable { ["a"] = 1, [2] = null, [new DateOnly(2026, 1, 1)] = "x" },
        ["hash table without case"] = new Hashtable(StringComparer.OrdinalIgnoreCase) { ["Key"] = 1 },
        ["old sorted list"] = new SortedList { ["b"] = 1, ["a"] = 2 },
        ["old queue"] = new Queue(new object[] { 1, "2" }),
        ["old stack"] = new Stack(new object[] { 1, "2" }),
        ["old ordered dictionary"] = new OrderedDictionary { ["z"] = 1, ["a"] = 2 },
        ["old list of pairs"] = new ListDictionary { ["z"] = 1, ["a"] = 2 },
        ["collection of texts"] = new StringCollection { "a", "b" },
        ["lookup"] = new[] { "apple", "Avocado", "banana" }.ToLookup(static name => name[..1], StringComparer.OrdinalIgnoreCase),
        ["lookup with null"] = new[] { "a", null }.ToLookup(static name => name),
        ["empty lookup"] = Array.Empty<int>().ToLookup(static i => i),
        ["group"] = new[] { 1, 3, 5, 2 }.GroupBy(static i => i % 2).First(),
        ["evaluated lazy value"] = Evaluated(),
        ["lazy value that was given"] = new Lazy<string>("given"),
        ["type"] = typeof(Dictionary<string, int[]>),
    };

    /// <summary>Equal for equal values, whatever their insides are.</summary>
    internal static string Of(object? value) => value switch
    {
        null => "null",
        Regex regex => $"{regex.GetType()} {regex} {regex.Options} {regex.MatchTimeout} {regex.IsMatch("aac a.c abc")}",
        FileSystemInfo info => $"{info.GetType().Name} {info} {info.FullName} {info.Name}",
        JsonNode node => $"{node.GetValueKind()} {node.Options?.PropertyNameCaseInsensitive} {node.ToJsonString()}",
        JsonElement { ValueKind: JsonValueKind.Undefined } => "undefined",
        JsonElement element => JsonSerializer.Serialize(element),
        JsonDocument document => $"document {JsonSerializer.Serialize(document)}",
        XDocument document => $"{document.Declaration} {string.Join('|', document.Nodes().Select(Of))}",
        XElement element => string.Join('|', element.DescendantNodesAndSelf().Select(Plain)),
        XNode node => Plain(node),
        Color color => $"{color} {color.IsKnownColor} {color.IsNamedColor} {color.ToArgb()}",
        NameValueCollection names => string.Join(';', names.AllKeys.Select(name => $"{name}={Of(names.GetValues(name))}")) + names["A"],
        IDictionary map => $"{Kind(value)} {string.Join(';', Pairs(map))} {HasKey(map, "KEY")} {HasKey(map, "b")}",
        FrozenSet<string> set => $"{string.Join(',', set.Order(StringComparer.Ordinal))} {set.Contains("A")}",
        FrozenSet<int> set => string.Join(',', set.Order()),
        ILookup<string?, string> groups => string.Join(';', groups.Select(static group => $"{group.Key}:{Of(group)}")) + groups["A"].Count(),
        ILookup<int, int> groups => $"{groups.Count} groups",
        IGrouping<int, int> group => $"{group.Key}:{string.Join(',', group)}",
        Lazy<string> lazy => $"{lazy.IsValueCreated} {lazy.Value}",
        string text => text,
        IPAddress address => $"{address} {address.AddressFamily}",
        IEnumerable items => $"{Kind(value)} {string.Join(',', items.Cast<object?>().Select(Of))}",
        _ => $"{value.GetType().Name} {value}",
    };

    [GeneratedRegex(@"\b\w+\b")]
    internal static partial Regex Words();

    private static string Plain(XNode node) => $"{node.NodeType} {node.ToString(SaveOptions.DisableFormatting)}";

    /// <summary>The public class of the framework that a value is of: frozen collections have one for each purpose.</summary>
    private static string Kind(object value) => value.GetType().IsPublic ? value.GetType().ToString() : value.GetType().BaseType!.Name;

    private static IEnumerable<string> Pairs(IDictionary dictionary)
    {
        var pairs = dictionary.Cast<object>()
            .Select(static pair => pair is DictionaryEntry entry ? $"{Of(entry.Key)}={Of(entry.Value)}" : pair.ToString()!);
        return dictionary is IOrderedDictionary or SortedList or ListDictionary ? pairs : pairs.Order(StringComparer.Ordinal);
    }

    // Some dictionaries compare keys that do not compare with a text.
    private static bool HasKey(IDictionary map, object key) => map is not SortedList && map.Contains(key);

    private static Lazy<string> Evaluated()
    {
        var lazy = new Lazy<string>(static () => "made");
        _ = lazy.Value;
        return lazy;
    }

    internal sealed class Keyed() : KeyedCollection<int, string>(null, 0)
    {
        protected override int GetKeyForItem(string item) => item.Length;
    }
}
