using Mtcopy.CommandLine;
using Mtcopy.CommandLine.Definitions;
using Mtcopy.CommandLine.Values;

namespace Mtcopy.Tests.CommandLine.Values;

public sealed class TimesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.FromHours(1));

    private static GivenOption Given(string value) => new(KnownOptions.Newer, "--newer", value);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("10", 10_000)]
    [InlineData("1.5", 1_500)]
    [InlineData("500ms", 500)]
    [InlineData("10s", 10_000)]
    [InlineData("2m", 120_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("1w1ms", 604_800_001)]
    public void Span_is_read(string text, long milliseconds) => Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Times.Span(Given(text)));

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1 s")]
    [InlineData("1y")]
    [InlineData("1.2.3s")]
    [InlineData("1H")]
    [InlineData("36526d")]
    [InlineData("36525d1s")]
    [InlineData("1e400")]
    public void Span_is_refused(string text)
    {
        var wrong = Assert.Throws<UsageException>(() => Times.Span(Given(text)));
        Assert.Equal($"--newer takes a time such as 500ms, 10s, 2m or 1h30m, not '{text}'", wrong.Message);
    }

    [Theory]
    [InlineData("2026-01-30T10:00:00Z", "2026-01-30T10:00:00Z")]
    [InlineData("2026-01-30T10:00Z", "2026-01-30T10:00:00Z")]
    [InlineData("2026-01-30 10:00:00.5+02:00", "2026-01-30T08:00:00.5Z")]
    [InlineData("3d", "2026-01-28T11:00:00Z")]
    [InlineData("1h30m", "2026-01-31T09:30:00Z")]
    [InlineData("2w", "2026-01-17T11:00:00Z")]
    public void Point_is_read(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Times.Point(Given(text), s_now));

    [Theory]
    [InlineData("2026-07-01", 0, 0, 0)]
    [InlineData("2026-07-01T23:59", 23, 59, 0)]
    [InlineData("2026-07-01 23:59:58", 23, 59, 58)]
    public void Point_is_local_when_it_has_no_zone(string text, int hour, int minute, int second) =>
        Assert.Equal(new DateTimeOffset(new DateTime(2026, 7, 1, hour, minute, second, DateTimeKind.Local)), Times.Point(Given(text), s_now));

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("yesterday")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-30")]
    [InlineData("01/02/2026")]
    [InlineData("2026-01-30T10")]
    public void Point_is_refused(string text)
    {
        var wrong = Assert.Throws<UsageException>(() => Times.Point(Given(text), s_now));
        Assert.StartsWith("--newer takes a date (2026-01-31, ", wrong.Message, StringComparison.Ordinal);
        Assert.EndsWith($", not '{text}'", wrong.Message, StringComparison.Ordinal);
    }
}
