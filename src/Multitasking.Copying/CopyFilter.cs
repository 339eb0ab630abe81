namespace Multitasking.Copying;

/// <summary>
/// What of a source is copied. The default leaves out nothing; each property restricts further, and an entry has to pass all of them.
/// Immutable, hence safe to share between threads and copies.
/// </summary>
/// <remarks>
/// Paths are relative to the source, which itself is never left out: of <c>photos</c> and <c>notes</c> copied into one folder, rules see what is
/// inside <c>photos</c> and what is inside <c>notes</c>. The first rule that matches an entry decides. A folder that is left out is not entered, so no
/// later rule can bring back what is in it. What no rule matches is copied; but if there are rules that include and none that
/// excludes, a file that matches none is left out, unless it is in a folder that matches a pattern with a slash at its end. Folders are
/// still entered then.
/// </remarks>
public sealed record CopyFilter
{
    /// <summary>The rules, in order: the first one that matches decides. The default is none.</summary>
    /// <exception cref="ArgumentNullException">Set to null.</exception>
    public IReadOnlyList<CopyFilterRule> Rules
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = [.. value];
        }
    } = [];

    /// <summary>
    /// The only paths to copy, with all that is in those which are folders, and with the folders above them. The default, null, restricts nothing.
    /// </summary>
    public CopyFileList? Files { get; init; }

    /// <summary>
    /// The fewest bytes that a regular file has to have. The default, null, restricts nothing. One above <see cref="MaxSize"/> leaves out every file.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 0.</exception>
    public long? MinSize
    {
        get;
        init => field = NotNegative(value, nameof(MinSize));
    }

    /// <summary>The most bytes that a regular file may have. The default, null, restricts nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 0.</exception>
    public long? MaxSize
    {
        get;
        init => field = NotNegative(value, nameof(MaxSize));
    }

    /// <summary>
    /// Copies only what was modified after this point in time. It holds for everything but folders; a symbolic link counts by its own time,
    /// not by its target's, unless the copy follows links. The default, null, restricts nothing.
    /// </summary>
    public DateTimeOffset? NewerThan { get; init; }

    /// <summary>
    /// Copies only what was modified before this point in time, of the same entries as <see cref="NewerThan"/>. The default, null, restricts nothing.
    /// </summary>
    public DateTimeOffset? OlderThan { get; init; }

    /// <summary>
    /// How many levels below the source are copied: with 1 only the entries of the source itself, the folders among them empty. The default, null,
    /// means all.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 1.</exception>
    public int? MaxDepth
    {
        get;
        init
        {
            if (value is { } depth)
                ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1, nameof(MaxDepth));
            field = value;
        }
    }

    /// <summary>
    /// Reads rules, one a line: <c>+ pattern</c> includes, <c>- pattern</c> excludes. Blank lines and lines that begin with <c>#</c> say nothing.
    /// </summary>
    /// <param name="text">
    /// The lines. Everything behind the first space belongs to the pattern, spaces too; a carriage return before the end of a line does not, nor
    /// does a byte order mark.
    /// </param>
    /// <param name="origin">The file that they are from, for the message of the exception; empty if there is none.</param>
    /// <returns>The rules in the order of the lines, for <see cref="Rules"/>.</returns>
    /// <exception cref="FormatException">
    /// A line is no rule, or its pattern could never match; the message has the file and the line's number.
    /// </exception>
    public static IReadOnlyList<CopyFilterRule> ParseRules(ReadOnlySpan<byte> text, FilePath origin = default)
    {
        var rules = new List<CopyFilterRule>();
        if (text.StartsWith("\uFEFF"u8))
            text = text["\uFEFF"u8.Length..];
        int number = 0;
        foreach (Range range in text.Split((byte)'\n'))
        {
            number++;
            ReadOnlySpan<byte> line = text[range];
            if (line is [.., (byte)'\r'])
                line = line[..^1];
            if (line is [(byte)'#', ..] || line.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0)
                continue;
            string? problem = line is not [(byte)'+' or (byte)'-', (byte)' ', ..] ? $"A rule begins with \"+ \" or \"- \", unlike \"{Shown(line)}\"."
                : line.Contains((byte)0) ? $"A NUL byte follows \"{Shown(line)}\", and no name has one."
                : null;
            CopyFilterRule? rule = null;
            problem ??= CopyFilterRule.TryMake(line[0] == '+', new FilePath(line[2..]), out rule);
            if (problem is not null)
                throw new FormatException($"{(origin.IsEmpty ? "Line" : $"{origin}, line")} {number}: {problem}");
            rules.Add(rule!);
        }

        return rules.AsReadOnly();
    }

    private static string Shown(ReadOnlySpan<byte> line)
    {
        int nul = line.IndexOf((byte)0);
        return new FilePath(nul < 0 ? line : line[..nul]).ToString();
    }

    private static long? NotNegative(long? value, string name)
    {
        if (value is { } bytes)
            ArgumentOutOfRangeException.ThrowIfNegative(bytes, name);
        return value;
    }
}
