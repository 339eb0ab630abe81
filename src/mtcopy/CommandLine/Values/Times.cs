using System.Buffers;
using System.Globalization;

namespace Mtcopy.CommandLine.Values;

/// <summary>Spans and points of time.</summary>
internal static class Times
{
    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789.");

    private static readonly string[] s_formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>The longest span, a century: what is longer is a slip.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(36_525);

    /// <summary><c>500ms</c>, <c>10s</c>, <c>1h30m</c>; without a unit, seconds.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static TimeSpan Span(GivenOption option) =>
        TrySpan(option.Value, bareUnit: "s") ?? throw UsageException.Value(option, "a time such as 500ms, 10s, 2m or 1h30m");

    /// <summary>A date, a date and a time, or an age; without a zone it is local time.</summary>
    /// <param name="option">The option.</param>
    /// <param name="now">From when ages count.</param>
    /// <exception cref="UsageException">It is none.</exception>
    public static DateTimeOffset Point(GivenOption option, DateTimeOffset now)
    {
        // A space instead of the T, as date and ls write it.
        string text = option.Value is [_, _, _, _, '-', _, _, '-', _, _, ' ', .. var time] ? $"{option.Value[..10]}T{time}" : option.Value;
        if (DateTimeOffset.TryParseExact(text, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset point))
            return point;
        return TrySpan(text, bareUnit: null) is { } age
            ? now - age
            : throw UsageException.Value(option, "a date (2026-01-31, 2026-01-31T12:00, with Z or +02:00 if it is not local) or an age (30m, 12h, 3d, 2w)");
    }

    private static TimeSpan? TrySpan(ReadOnlySpan<char> text, string? bareUnit)
    {
        if (text.IsEmpty)
            return null;
        TimeSpan sum = TimeSpan.Zero;
        while (!text.IsEmpty)
        {
            int digits = text.IndexOfAnyExcept(s_digits);
            int end = digits < 0 ? text.Length : digits;
            ReadOnlySpan<char> unit = text[end..];
            int next = unit.IndexOfAny(s_digits);
            unit = next < 0 ? unit : unit[..next];
            bool isNumber = double.TryParse(text[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
            if (!isNumber || SecondsOf(unit.IsEmpty ? bareUnit : unit) is not { } seconds || number * seconds > s_longest.TotalSeconds)
                return null;
            sum += TimeSpan.FromSeconds(number * seconds);
            text = text[(end + unit.Length)..];
        }

        return sum <= s_longest ? sum : null;
    }

    private static double? SecondsOf(ReadOnlySpan<char> unit) => unit switch
    {
        "ms" => 0.001,
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        "w" => 604_800,
        _ => null,
    };
}
