using System.Text;
using Mtcopy.CommandLine.Definitions;

namespace Mtcopy.CommandLine.Completions;

/// <summary>Completions for zsh, as specifications of its <c>_arguments</c>.</summary>
internal static class ZshCompletion
{
    // The file can be sourced, or stand as _mtcopy in a folder of $fpath.
    private const string Begin = """
        #compdef mtcopy
        # Completions of mtcopy for zsh: mtcopy --completion zsh > _mtcopy, in a folder of $fpath
        _mtcopy() {
            _arguments -s -S \

        """;

    private const string End = """
                '*:path:_files'
        }

        if [[ ${funcstack[1]} == _mtcopy ]]; then
            _mtcopy "$@"
        else
            compdef _mtcopy mtcopy
        fi
        """;

    public static string Compose()
    {
        var script = new StringBuilder(Begin);
        foreach (OptionDefinition option in OptionGroups.Options)
            foreach (string specification in Specifications(option))
                script.Append($"        {specification} \\\n");
        return script.Append(End).ToString();
    }

    private static IEnumerable<string> Specifications(OptionDefinition option)
    {
        string exclusive = option.Repeats ? "'*'" : $"'({string.Join(' ', option.Names)})'";
        string help = $"[{Escape(option.Help, "[]:\\")}]";
        string described = Quote(help + (option.Argument is { } argument ? Values(argument) : ""));
        string? letter = option.Short is { } single ? $"-{single}" : null;
        return option.Argument switch
        {
            null => [exclusive + Braces(letter, option.Name) + described],
            { IsOptional: true } when letter is not null => [exclusive + letter + Quote(help), $"{exclusive}{option.Name}=-{described}"],
            { IsOptional: true } => [$"{exclusive}{option.Name}=-{described}"],
            _ => [exclusive + Braces(letter is null ? null : $"{letter}+", $"{option.Name}=") + described],
        };
    }

    private static string Values(OptionArgument argument) => (argument.IsOptional ? "::" : ":") + argument.Placeholder + ":" + argument.Kind switch
    {
        ArgumentKind.File => "_files",
        ArgumentKind.Folder => "_files -/",
        ArgumentKind.List => $"_values -s , {argument.Placeholder} {string.Join(' ', argument.Choices.Select(static choice => $"\"{choice.Value}[{Escape(choice.Meaning, "[]:\\")}]\""))}",
        _ when argument.Choices.Count == 0 => " ",
        _ => $"(({string.Join(' ', argument.Choices.Select(static choice => $"{choice.Value}\\:\"{Escape(choice.Meaning, ":$`\"\\")}\""))}))",
    };

    private static string Braces(string? letter, string name) => letter is null ? name : $"{{{letter},{name}}}";

    private static string Escape(string text, string special)
    {
        var escaped = new StringBuilder();
        foreach (char letter in text)
            escaped.Append(special.Contains(letter, StringComparison.Ordinal) ? $"\\{letter}" : letter);
        return escaped.ToString();
    }

    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
