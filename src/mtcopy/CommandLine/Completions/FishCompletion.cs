using System.Text;
using Mtcopy.CommandLine.Definitions;

namespace Mtcopy.CommandLine.Completions;

/// <summary>Completions for fish.</summary>
internal static class FishCompletion
{
    public static string Compose()
    {
        var script = new StringBuilder("# Completions of mtcopy for fish: mtcopy --completion fish > ~/.config/fish/completions/mtcopy.fish\n");
        foreach (OptionDefinition option in OptionGroups.Options)
            script.Append($"complete -c mtcopy{Names(option)} -d {Quote(option.Help)}{(option.Argument is { } argument ? Values(argument) : "")}\n");
        return script.ToString().TrimEnd('\n');
    }

    private static string Names(OptionDefinition option) =>
        string.Concat(option.Names.Select(static name => name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {name[1..]}"));

    private static string Values(OptionArgument argument) => argument.Kind switch
    {
        ArgumentKind.File => " -r -F",
        ArgumentKind.Folder => " -x -a '(__fish_complete_directories (commandline -ct))'",
        ArgumentKind.List => $" -x -a '(__fish_append , {string.Join(' ', argument.Choices.Select(static choice => choice.Value))})'",
        _ when argument.Choices.Count == 0 => " -x",
        _ => $"{(argument.IsOptional ? " -f" : " -x")} -a {Quote(string.Join(' ', argument.Choices.Select(Word)))}",
    };

    /// <summary>A word of a list, which fish expands once more, but for what stands between single quotes: value, tab, meaning.</summary>
    private static string Word(Choice choice) => $"{Quote(choice.Value)}\\t{Quote(choice.Meaning)}";

    private static string Quote(string text) =>
        $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
