using Mtcopy.CommandLine.Definitions;

namespace Mtcopy.CommandLine;

/// <summary>How choices are enumerated.</summary>
internal static class Wording
{
    /// <summary><c>a, b or c</c>.</summary>
    public static string Alternatives(IReadOnlyList<Choice> choices) => Alternatives([.. choices.Select(static choice => choice.Value)]);

    /// <summary><c>a, b or c</c>.</summary>
    public static string Alternatives(IReadOnlyList<string> words) =>
        words.Count > 1 ? $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}" : words[0];
}
