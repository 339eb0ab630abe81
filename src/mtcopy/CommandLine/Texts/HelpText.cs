using System.Text;
using Mtcopy.CommandLine.Definitions;

namespace Mtcopy.CommandLine.Texts;

/// <summary>What <c>mtcopy --help</c> and <c>mtcopy -h</c> print, 80 columns wide.</summary>
internal static class HelpText
{
    private const int Width = 80;
    private const int TextColumn = 29;

    private const string Usage = """
        mtcopy copies folders and files with many workers at once.

        Usage: mtcopy [OPTION]... SRC... DST


        """;

    private const string Promise = """
        Stopped, or files have changed? The same command again completes the copy: what
        is there with the same size and time is left alone. Links stay links; mode and
        modification time are kept.

        """;

    /// <summary>Every option.</summary>
    public static string Value { get; } = Compose();

    /// <summary>One screen with the options that matter most.</summary>
    public static string Short { get; } = ComposeShort();

    /// <summary>How an option is written, with its value.</summary>
    public static string Spelling(OptionDefinition option) => (option.Short is { } letter ? $"-{letter}, " : "") + option.Name + option.Argument switch
    {
        null => "",
        { IsOptional: true } argument => $"[={argument.Placeholder}]",
        { Kind: ArgumentKind.Text, Choices: [var choice, ..] } argument => $" {argument.Placeholder}|{choice.Value}",
        var argument => $" {argument.Placeholder}",
    };

    private static string Compose()
    {
        StringBuilder text = Begin();
        foreach (OptionGroup group in OptionGroups.All)
        {
            text.Append('\n').Append(group.Title).Append(":\n");
            foreach (OptionDefinition option in group.Options)
                AppendOption(text, option);
        }

        text.Append("\nExit code:\n");
        foreach (ExitCodeText code in ExitCodeText.All)
            Wrap.Append(text, $"  {(int)code.Code,-3}  ", code.Meaning, column: 7, Width);
        return text.ToString().TrimEnd('\n');
    }

    private static string ComposeShort()
    {
        StringBuilder text = Begin().Append('\n');
        foreach (OptionDefinition option in OptionGroups.Options.Where(static option => option.IsMain))
            AppendOption(text, option);
        return text.Append($"\nmtcopy --help has all {OptionGroups.Options.Count()} options, and the exit codes; mtcopy --man the manual.").ToString();
    }

    private static StringBuilder Begin()
    {
        var text = new StringBuilder(Usage);
        foreach (Example example in Example.Basic)
            text.Append($"  {example.Command,-27}{example.Meaning}\n");
        return text.Append('\n').Append(Promise);
    }

    private static void AppendOption(StringBuilder text, OptionDefinition option)
    {
        // Names of one letter stand below each other, and so do long ones.
        string left = $"  {(option.Short is null && option.Name.StartsWith("--", StringComparison.Ordinal) ? "    " : "")}{Spelling(option)}";
        Wrap.Append(text, left, Describe(option), TextColumn, Width);
    }

    private static string Describe(OptionDefinition option)
    {
        string choices = option.Argument is { Kind: ArgumentKind.Choice } argument ? $": {Wording.Alternatives(argument.Choices)}" : "";
        return option.Help + choices + (option.Default is { } value ? $" [{value}]" : "");
    }
}
