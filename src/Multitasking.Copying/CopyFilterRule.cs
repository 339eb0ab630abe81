using Multitasking.Copying.Globs;

namespace Multitasking.Copying;

/// <summary>A pattern, and whether what it matches is copied. Immutable. <see cref="CopyFilter"/> says how rules work together.</summary>
/// <remarks>
/// Patterns are those of gitignore, over bytes. <c>*</c> stands for any bytes and <c>?</c> for one, but neither for a slash; <c>[a-z]</c>,
/// <c>[!a]</c> (or <c>[^a]</c>) and <c>[[:digit:]]</c> stand for one byte of a set; a backslash takes the meaning from the byte behind it. A
/// pattern without a slash, other than at its end, matches a name at any depth; one with a slash at its beginning or in its middle matches the
/// path from the source's root. <c>**</c> between slashes, or before the first or behind the last one, stands for any number of folders; elsewhere
/// it is a <c>*</c>. A slash at the end restricts the pattern to folders; a symbolic link is none. Upper and lower case differ. A <c>!</c>, a
/// <c>#</c> and spaces have no meaning of their own. A letter outside ASCII takes several bytes, hence several <c>?</c>.
/// </remarks>
public sealed record CopyFilterRule
{
    private CopyFilterRule(bool isInclude, FilePath pattern)
    {
        IsInclude = isInclude;
        Pattern = pattern;
    }

    /// <summary>Whether what the pattern matches is copied; otherwise it is left out, a folder with all that is in it.</summary>
    public bool IsInclude { get; }

    /// <summary>The pattern as it was given.</summary>
    public FilePath Pattern { get; }

    /// <summary>Makes a rule by which what matches is copied.</summary>
    /// <param name="pattern">The pattern; a string is taken as UTF-8.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">
    /// The pattern could never match: an unclosed <c>[</c>, a backslash at the end, two slashes in a row, a part <c>..</c>.
    /// </exception>
    public static CopyFilterRule Include(FilePath pattern) => Make(isInclude: true, pattern);

    /// <summary>Makes a rule by which what matches is left out.</summary>
    /// <param name="pattern">The pattern; a string is taken as UTF-8.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">
    /// The pattern could never match: an unclosed <c>[</c>, a backslash at the end, two slashes in a row, a part <c>..</c>.
    /// </exception>
    public static CopyFilterRule Exclude(FilePath pattern) => Make(isInclude: false, pattern);

    /// <summary>The rule as a line of a rule file, for people: what cannot be shown safely on a terminal is escaped.</summary>
    /// <returns><c>+ pattern</c> or <c>- pattern</c>.</returns>
    // Backslashes are ordinary in patterns, so they are not doubled here, as they are in a path.
    public override string ToString() =>
        $"{(IsInclude ? '+' : '-')} {Pattern.ToString().Replace("\\\\", "\\", StringComparison.Ordinal)}";

    /// <summary>Makes a rule.</summary>
    /// <returns>Null, or what is wrong with the pattern.</returns>
    internal static string? TryMake(bool isInclude, FilePath pattern, out CopyFilterRule rule)
    {
        rule = new CopyFilterRule(isInclude, pattern);
        try
        {
            Glob.Parse(pattern.Bytes);
            return null;
        }
        catch (FormatException wrong)
        {
            return $"The pattern \"{rule.ToString()[2..]}\" cannot match: {wrong.Message}.";
        }
    }

    private static CopyFilterRule Make(bool isInclude, FilePath pattern) =>
        TryMake(isInclude, pattern, out CopyFilterRule rule) is { } problem ? throw new ArgumentException(problem, nameof(pattern)) : rule;
}
