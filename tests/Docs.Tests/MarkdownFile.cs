using System.Text.RegularExpressions;

namespace Docs.Tests;

/// <summary>One document in the parts that the tests ask for.</summary>
internal sealed partial class MarkdownFile
{
    internal MarkdownFile(string path, string[] lines)
    {
        Path = path;
        LineCount = lines.Length;
        var blocks = new List<CodeBlock>();
        var prose = new List<(int Line, string Text)>();
        bool onlyBlank = false;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (!line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                prose.Add((i + 1, line));
                onlyBlank &= line.Trim().Length == 0;
                continue;
            }
            int first = i + 1, end = Array.FindIndex(lines, first, text => text.Trim() == "```");
            if (end < 0)
                throw new InvalidDataException($"{path}:{i + 1}: the block is not closed.");
            string[] marks = line.Trim().TrimStart('`').Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var block = new CodeBlock(this, first + 1, marks, string.Join('\n', lines[first..end]));
            if (onlyBlank)
                blocks[^1].Next = block;
            blocks.Add(block);
            onlyBlank = true;
            i = end;
        }
        Blocks = blocks;
        Anchors = prose.Where(line => line.Text.StartsWith('#')).Select(line => AnchorOf(line.Text)).ToHashSet();
        InlineCode = [.. prose.SelectMany(line => Code().Matches(line.Text).Select(match => (line.Line, match.Groups[1].Value)))];
        Links = [.. prose.SelectMany(line => Link().Matches(Code().Replace(line.Text, "`")).Select(match => (line.Line, match.Groups[1].Value)))];
    }

    /// <summary>From the root of the repository.</summary>
    internal string Path { get; }

    internal int LineCount { get; }

    internal IReadOnlyList<CodeBlock> Blocks { get; }

    /// <summary>What a link to a heading may name behind <c>#</c>.</summary>
    internal IReadOnlySet<string> Anchors { get; }

    internal IReadOnlyList<(int Line, string Target)> Links { get; }

    internal IReadOnlyList<(int Line, string Text)> InlineCode { get; }

    public override string ToString() => Path;

    /// <summary>As GitHub makes it of a heading.</summary>
    private static string AnchorOf(string heading) =>
        NotInAnchor().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
