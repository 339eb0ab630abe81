using System.Globalization;

namespace Mtcopy.View;

/// <summary>Counts, sizes and times as people read them, the same in every country: they end up in logs.</summary>
internal static class Amounts
{
    private static readonly string[] s_units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary><c>50,000</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 file</c>, <c>50,000 files</c>.</summary>
    public static string Count(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary><c>512 B</c>, <c>1.5 KiB</c>, <c>402 MiB</c>.</summary>
    public static string Bytes(double bytes)
    {
        int unit = 0;
        while (bytes >= 999.5 && unit < s_units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        // 99.95 would be shown as 100.0.
        string format = unit == 0 || bytes >= 99.95 ? "0" : "0.0";
        return $"{bytes.ToString(format, CultureInfo.InvariantCulture)} {s_units[unit]}";
    }

    /// <summary><c>659 MiB/s</c>.</summary>
    public static string Speed(double bytesPerSecond) => $"{Bytes(bytesPerSecond)}/s";

    /// <summary>A clock for what is running: <c>0:07</c>, <c>12:34</c>, <c>1:02:03</c>, <c>2d 03h</c>.</summary>
    public static string Clock(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays}d {time.Hours:00}h"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Hours}:{time.Minutes:00}:{time.Seconds:00}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}"),
    };

    /// <summary>A duration that is over: <c>0.61 s</c>, <c>12.3 s</c>, <c>2 min 05 s</c>, <c>1 h 02 min</c>.</summary>
    public static string Duration(TimeSpan time)
    {
        double seconds = time.TotalSeconds;
        if (seconds < 9.995)
            return string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s");
        if (seconds < 59.95)
            return string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");

        var rounded = TimeSpan.FromSeconds(Math.Round(seconds));
        return rounded.TotalHours < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{rounded.Minutes} min {rounded.Seconds:00} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(long)rounded.TotalHours} h {rounded.Minutes:00} min");
    }
}
