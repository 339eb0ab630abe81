using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Multitasking.TypeTable;

/// <summary>Values that are set up otherwise than a rule would make them, sent beside those, in every form.</summary>
internal static class Settings
{
    private static readonly string[] s_cultures = ["", "tr-TR", "de-DE", "ar-SA", "th-TH", "de-de", "zh-Hans-CN"];

    private static readonly Dictionary<Type, Func<IEnumerable<object>>> s_values = new()
    {
        [typeof(CultureInfo)] = static () =>
            [.. Cultures(), .. Cultures().Select(Changed), CultureInfo.ReadOnly((CultureInfo)Changed(new CultureInfo("")))],
        [typeof(CompareInfo)] = static () => Cultures().Select(static culture => culture.CompareInfo),
        [typeof(TextInfo)] = static () => Cultures().Select(static culture => culture.TextInfo)
            .Append(TextInfo.ReadOnly(new CultureInfo("").TextInfo)).Append(CultureInfo.InvariantCulture.TextInfo),
        [typeof(DateTimeFormatInfo)] = static () => Cultures().Select(static culture => ((CultureInfo)Changed(culture)).DateTimeFormat),
        [typeof(NumberFormatInfo)] = static () => Cultures().Select(static culture => ((CultureInfo)Changed(culture)).NumberFormat),
        [typeof(Calendar)] = static () => Cultures().Select(static culture => WithMost(culture.Calendar)),
        [typeof(RegionInfo)] = static () => Made(static name => new RegionInfo(name), "de-DE", "DE", "ca-ES-valencia", "zh-CHS", "es-419"),
        [typeof(StringComparer)] = static () => Cultures()
            .Select(static culture => StringComparer.Create(culture, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace)),
        [typeof(CaseInsensitiveComparer)] = static () => Cultures().Select(static culture => new CaseInsensitiveComparer(culture)),
        [typeof(Comparer)] = static () => Cultures().Select(static culture => new Comparer(culture)),
        [typeof(Encoding)] = static () =>
        [
            new UTF8Encoding(false, true), Encoding.UTF8.Clone(), new UnicodeEncoding(true, false, true), new UTF32Encoding(true, false),
            Encoding.Latin1, Encoding.GetEncoding("us-ascii", new EncoderReplacementFallback("!"), DecoderFallback.ExceptionFallback),
            Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback("?")),
        ],
        [typeof(TimeZoneInfo)] = static () =>
        [
            TimeZoneInfo.Utc, TimeZoneInfo.Local,
            .. Made(TimeZoneInfo.FindSystemTimeZoneById, "Europe/Berlin", "W. Europe Standard Time", "Asia/Calcutta"),
            TimeZoneInfo.CreateCustomTimeZone("Europe/Berlin", TimeSpan.FromHours(1), "a", "b"),
            TimeZoneInfo.CreateCustomTimeZone("a;b[c]", TimeSpan.FromHours(1), "a", "b", "c", [Summer()]),
            TimeZoneInfo.CreateCustomTimeZone("a", TimeSpan.FromHours(1), "a", "b", "c", [Summer()], disableDaylightSavingTime: true),
        ],
        [typeof(SortedSet<int>)] = static () => [new SortedSet<int> { 1, 2, 3, 4 }.GetViewBetween(2, 3)],
        [typeof(SortedSet<string>)] = static () =>
            [new SortedSet<string>(StringComparer.OrdinalIgnoreCase) { "a", "B", "c" }.GetViewBetween("b", "C")],
        [typeof(FrozenDictionary<string, int>)] = static () =>
            ByComparers(static comparer => new Dictionary<string, int> { ["a"] = 1, ["é"] = 2 }.ToFrozenDictionary(comparer)),
        [typeof(PriorityQueue<string, int>)] = static () => [Reversed()],
        [typeof(ImmutableArray<int>)] = static () => [default(ImmutableArray<int>), ImmutableArray<int>.Empty, ImmutableArray.Create(1, 2)],
        [typeof(ArraySegment<int>)] = static () => [default(ArraySegment<int>), new ArraySegment<int>([1, 2, 3], 1, 1)],
        [typeof(ReadOnlyMemory<char>)] = static () => ["abc".AsMemory(1), new ReadOnlyMemory<char>(['a', 'b'])],
        [typeof(JsonValue)] = static () =>
        [
            JsonValue.Create(3), JsonValue.Create("a", new JsonNodeOptions { PropertyNameCaseInsensitive = true })!,
            JsonValue.Create(new DateTime(2026, 1, 2)), JsonNode.Parse("1.50")!,
        ],
        [typeof(StringBuilder)] = static () => [Long(), new StringBuilder(3, 9).Append("abc")],
    };

    internal static IEnumerable<Type> Types => s_values.Keys.Concat(Given.Types);

    internal static IEnumerable<object> Of(Type type) =>
        s_values.TryGetValue(type, out var make) ? make() : Given.Of(type) is { } given ? [given] : [];

    private static IEnumerable<CultureInfo> Cultures() => Made(static name => new CultureInfo(name), s_cultures);

    /// <summary>Without ICU there are fewer.</summary>
    private static IEnumerable<T> Made<T>(Func<string, T> make, params string[] names)
    {
        foreach (string name in names)
        {
            T made;
            try
            {
                made = make(name);
            }
            catch (Exception exception) when (exception is ArgumentException or TimeZoneNotFoundException or InvalidTimeZoneException)
            {
                continue;
            }
            yield return made;
        }
    }

    private static object Changed(CultureInfo culture)
    {
        var changed = (CultureInfo)culture.Clone();
        changed.NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = "!", CurrencySymbol = "@" };
        changed.DateTimeFormat.ShortDatePattern = "yyyy.MM";
        changed.DateTimeFormat.AMDesignator = "";
        changed.TextInfo.ListSeparator = "|";
        return changed;
    }

    private static Calendar WithMost(Calendar calendar)
    {
        var changed = (Calendar)calendar.Clone();
        changed.TwoDigitYearMax = changed.GetYear(changed.MaxSupportedDateTime) - 1;
        return changed;
    }

    private static TimeZoneInfo.AdjustmentRule Summer() => TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
        new DateTime(2000, 1, 1), new DateTime(2030, 12, 31), TimeSpan.FromHours(1),
        TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday),
        TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 25));

    private static IEnumerable<object> ByComparers(Func<StringComparer, object> make) =>
    [
        make(StringComparer.Ordinal), make(StringComparer.OrdinalIgnoreCase), make(StringComparer.InvariantCulture),
        make(StringComparer.InvariantCultureIgnoreCase),
    ];

    private static PriorityQueue<string, int> Reversed()
    {
        var queue = new PriorityQueue<string, int>(Comparer<int>.Create(static (a, b) => b - a));
        queue.EnqueueRange([("a", 1), ("b", 2)]);
        return queue;
    }

    private static StringBuilder Long()
    {
        var text = new StringBuilder(16);
        for (int i = 0; i < 100; i++)
            text.Append("0123456789").Append(i);
        return text.Insert(17, "between");
    }
}
