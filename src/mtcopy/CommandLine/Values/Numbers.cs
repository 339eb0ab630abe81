using System.Globalization;

namespace Mtcopy.CommandLine.Values;

/// <summary>Counts and amounts of bytes.</summary>
internal static class Numbers
{
    private const string Units = "KMGTP";

    /// <exception cref="UsageException">It is no whole number from <paramref name="least"/> to <paramref name="most"/>.</exception>
    public static long Count(GivenOption option, long least, long most = long.MaxValue, string others = "")
    {
        if (TryCount(option.Value) is { } count && count >= least && count <= most)
            return count;
        throw UsageException.Value(option, (most == long.MaxValue ? $"a whole number from {least}" : $"a number from {least} to {most}") + others);
    }

    /// <summary><c>500</c>, <c>64K</c>, <c>1.5MiB</c>: K is 1024.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static long Bytes(GivenOption option, string what = "a size")
    {
        ReadOnlySpan<char> text = option.Value;
        long unit = 1;
        ReadOnlySpan<char> number = text.EndsWith("iB", StringComparison.OrdinalIgnoreCase) && text.Length > 2 ? text[..^2] : text;
        int power = number.IsEmpty ? -1 : Units.IndexOf(char.ToUpperInvariant(number[^1]), StringComparison.Ordinal);
        if (power >= 0)
        {
            unit = 1L << (10 * (power + 1));
            number = number[..^1];
        }

        bool isNumber = decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            && (power >= 0 || (number.Length == text.Length && !number.Contains('.')));
        if (isNumber && value <= long.MaxValue / unit)
            return (long)(value * unit);
        throw UsageException.Value(option, $"{what} such as 500, 64K, 1.5M or 2G (K is 1024)");
    }

    private static long? TryCount(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : null;
}
