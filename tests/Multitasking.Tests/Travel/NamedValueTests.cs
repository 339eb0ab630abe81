using System.Globalization;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>Values that go by name or text, and have to be the same afterwards.</summary>
public sealed class NamedValueTests
{
    [Fact]
    public void Every_time_zone_of_the_system_keeps_its_rules()
    {
        var zones = TimeZoneInfo.GetSystemTimeZones();

        Assert.NotEmpty(zones);
        Assert.All(zones, static zone => AssertSame(zone, Codec.RoundTrip(zone)));
    }

    [Fact]
    public async Task Time_zones_convert_in_the_child_as_they_do_here()
    {
        var noon = new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Local);
        var zone = Custom("Summer", TimeSpan.FromHours(1));

        await EachWay.HoldsAsync(new[] { TimeZoneInfo.Local, TimeZoneInfo.Utc, zone }, copy =>
        {
            Assert.Equal(DateTimeKind.Local, TimeZoneInfo.ConvertTimeFromUtc(DateTime.UnixEpoch, copy[0]).Kind);
            Assert.Equal(DateTimeKind.Utc, TimeZoneInfo.ConvertTime(noon, copy[0], copy[1]).Kind);
            AssertSame(Custom("Summer", TimeSpan.FromHours(1)), copy[2]);
        });
    }

    [Theory]
    [InlineData("Odd;[]\\")]
    [InlineData("Europe/Berlin")]
    [InlineData("UTC")]
    [InlineData("../etc/hostname")]
    [InlineData("/etc/hostname")]
    public void A_time_zone_of_ones_own_keeps_its_rules_whatever_its_id(string id) => AssertSame(Custom(id, TimeSpan.FromHours(9)), Codec.RoundTrip(Custom(id, TimeSpan.FromHours(9))));

    [Theory]
    [InlineData("/etc/hostname")]
    [InlineData("../../../etc/hostname")]
    [InlineData("Europe/../../x")]
    public void A_child_cannot_have_its_parent_read_a_file_as_a_time_zone(string path)
    {
        byte[] honest = Codec.Write(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        byte[] forged = [.. honest[..^(1 + ("Europe/Berlin".Length * sizeof(char)))], (byte)path.Length, .. System.Text.Encoding.Unicode.GetBytes(path)];

        Assert.Contains("a time zone of the id", Assert.Throws<InvalidDataException>(() => Codec.Read<TimeZoneInfo>(forged)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_uri_stays_absolute_or_relative_and_keeps_its_options()
    {
        Uri[] all =
        [
            new("/tmp/a b"), new("/tmp/a b", UriKind.Relative), new("//host/a"), new("//host/a", UriKind.Relative), new("", UriKind.Relative), new("../a?b", UriKind.Relative),
            new("http://h/a/../b?x=%41", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), new("http://h/a/../b?x=%41"),
            new(new Uri("http://h/a/b"), "../c?d#e"), new("http://bücher.example/ä"), new("urn:isbn:123"), new("mailto:a@b.c"), new(@"\\srv\share\f"), new("file:///a%20b"),
#pragma warning disable CS0618 // What was made so keeps it.
            new("http://h/%2f a", dontEscape: true),
#pragma warning restore CS0618
        ];
        string before = string.Join('\n', all.Select(Say));

        await EachWay.HoldsAsync(all, copy => Assert.Equal(before, string.Join('\n', copy.Select(Say))));
    }

    [Fact]
    public async Task Formats_keep_what_was_changed_of_them()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = "!";
        culture.NumberFormat.NumberGroupSizes = [2, 3];
        culture.DateTimeFormat.ShortDatePattern = "yyyy~MM";
        culture.DateTimeFormat.AbbreviatedDayNames = ["0", "1", "2", "3", "4", "5", "6"];
        culture.TextInfo.ListSeparator = "|";
        var numbers = new NumberFormatInfo { NegativeSign = "~" };

        await EachWay.HoldsAsync((culture, CultureInfo.ReadOnly(culture), numbers, new GregorianCalendar { TwoDigitYearMax = 2070 }, culture.NumberFormat), static copy =>
        {
            var day = new DateTime(2026, 2, 3);
            Assert.Equal("123,456,78!50 2026~02 2 |", $"{12345678.5.ToString("N2", copy.culture)} {day.ToString("d", copy.culture)} {day.ToString("ddd", copy.culture)} {copy.culture.TextInfo.ListSeparator}");
            Assert.Equal("1!5 True False", $"{1.5.ToString(copy.Item2)} {copy.Item2.IsReadOnly} {copy.culture.IsReadOnly}");
            Assert.Equal(("~1", 2070), ((-1).ToString(copy.numbers), copy.Item4.TwoDigitYearMax));
            Assert.Same(copy.culture.NumberFormat, copy.Item5);
        });
    }

    private static TimeZoneInfo Custom(string id, TimeSpan offset) => TimeZoneInfo.CreateCustomTimeZone(
        id, offset, "shown;", "standard", "summer",
        [
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                new DateTime(2000, 1, 1), new DateTime(2030, 12, 31), TimeSpan.FromHours(1),
                TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday),
                TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5)),
        ]);

    private static void AssertSame(TimeZoneInfo expected, TimeZoneInfo actual)
    {
        Assert.True(expected.HasSameRules(actual), expected.Id);
        Assert.Equal((expected.Id, expected.DisplayName, expected.StandardName, expected.DaylightName), (actual.Id, actual.DisplayName, actual.StandardName, actual.DaylightName));
        for (int year = 1900; year < 2040; year += 7)
            Assert.Equal(expected.GetUtcOffset(new DateTime(year, 7, 1)), actual.GetUtcOffset(new DateTime(year, 7, 1)));
    }

    private static string Say(Uri uri) =>
        uri.IsAbsoluteUri ? $"{uri} {uri.AbsoluteUri} {uri.LocalPath} {uri.PathAndQuery} {uri.IdnHost} {uri.IsFile} {uri.UserEscaped}" : $"relative {uri.OriginalString}";
}
