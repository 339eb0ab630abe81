using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Multitasking.Invocation.Shapes;
using Multitasking.Transport;

namespace Multitasking.Invocation.Values;

/// <summary>
/// A <see cref="Regex"/> as its pattern, options and time limit. What a child sends is parsed and never compiled: the pattern may be
/// anything, and code made of it would stay.
/// </summary>
internal static class RegexValues
{
    /// <summary>
    /// The longest pattern that is parsed for somebody who is not trusted. Some take the square of their length: 0.15 s for this one.
    /// </summary>
    internal const int LongestPattern = 10_000;

    /// <summary>
    /// What native code can make: the options that a pattern may carry, and those that change nothing or only whose letters count.
    /// </summary>
    private const RegexOptions Native = RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture
        | RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace | RegexOptions.Compiled | RegexOptions.CultureInvariant;

    private static readonly TimeSpan s_unlimited = System.Text.RegularExpressions.Regex.InfiniteMatchTimeout;

    private static readonly (RegexOptions Option, char Letter)[] s_letters =
    [
        (RegexOptions.IgnoreCase, 'i'), (RegexOptions.Multiline, 'm'), (RegexOptions.ExplicitCapture, 'n'), (RegexOptions.Singleline, 's'),
        (RegexOptions.IgnorePatternWhitespace, 'x'),
    ];

    internal static Shape? Regex(Type type)
    {
        if (type == typeof(Regex))
            return new ValueShape(type, Write, Read);
        return null;
    }

    private static void Write(GraphWriter writer, object value)
    {
        var regex = (Regex)value;
        string pattern = regex.ToString();
        if (!RuntimeFeature.IsDynamicCodeSupported && (regex.Options & ~Native) != 0)
            throw writer.Refuse(value, $"native code makes none with the options {regex.Options}; send pattern and options");
        if (!writer.Crossing.IsToChild && pattern.Length > LongestPattern)
            throw writer.Refuse(value, $"its pattern has more than {LongestPattern:N0} characters; send it as a string");
        writer.Bytes.WriteText(pattern);
        writer.Bytes.WriteNumber((int)regex.Options);
        writer.Bytes.WriteBlock(BitConverter.GetBytes(regex.MatchTimeout.Ticks));
    }

    private static Regex Read(GraphReader reader)
    {
        string pattern = reader.Bytes.ReadText();
        var options = (RegexOptions)reader.Bytes.ReadNumber();
        var limit = new TimeSpan(BitConverter.ToInt64(reader.Bytes.Take(sizeof(long))));
        if (!reader.IsTrusted)
        {
            if (pattern.Length > LongestPattern)
                throw ByteReader.Malformed($"a pattern of {pattern.Length:N0} characters");
            reader.LookAtClock();
        }
        if (!RuntimeFeature.IsDynamicCodeSupported)
            return Small(pattern, options, limit);
        var regex = new Regex(pattern, reader.IsTrusted ? options : options & ~RegexOptions.Compiled, limit);
        OptionsOf(regex) = options;
        return regex;
    }

    /// <summary>
    /// Native code keeps the engine without backtracking, 1.4 MB, for whoever gives a constructor options. They are given inside of the
    /// pattern here.
    /// </summary>
    private static Regex Small(string pattern, RegexOptions options, TimeSpan limit)
    {
        if ((options & ~Native) != 0 || (limit != s_unlimited && (limit <= TimeSpan.Zero || limit.TotalMilliseconds >= int.MaxValue)))
            throw ByteReader.Malformed($"a pattern with the options {options} and the time limit {limit}");
        var culture = CultureInfo.CurrentCulture;
        if ((options & RegexOptions.CultureInvariant) != 0)
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            var regex = new Regex(Letters(options) + pattern);
            PatternOf(regex) = pattern;
            OptionsOf(regex) = options;
            LimitOf(regex) = limit;
            return regex;
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static string Letters(RegexOptions options)
    {
        string letters = "";
        foreach (var (option, letter) in s_letters)
            if ((options & option) != 0)
                letters += letter;
        return letters.Length == 0 ? "" : $"(?{letters})";
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "roptions")]
    private static extern ref RegexOptions OptionsOf(Regex regex);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "pattern")]
    private static extern ref string PatternOf(Regex regex);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "internalMatchTimeout")]
    private static extern ref TimeSpan LimitOf(Regex regex);
}
