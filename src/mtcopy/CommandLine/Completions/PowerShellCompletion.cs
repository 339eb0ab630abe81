using System.Text;
using Mtcopy.CommandLine.Definitions;

namespace Mtcopy.CommandLine.Completions;

/// <summary>Completions for PowerShell, 5.1 and later.</summary>
internal static class PowerShellCompletion
{
    private const string Begin = """
        # Completions of mtcopy for PowerShell: mtcopy --completion powershell | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName mtcopy -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)

            # Hash tables of PowerShell would take -p and -P for the same.
            $options = New-Object 'System.Collections.Generic.Dictionary[string,string]' ([StringComparer]::Ordinal)
            $values = New-Object 'System.Collections.Generic.Dictionary[string,string[]]' ([StringComparer]::Ordinal)

        """;

    // What gives nothing leaves it to PowerShell, which completes names of files.
    private const string End = """

            $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
            if ($words -ccontains '--') { return }
            if ($wordToComplete -match '^(--[a-z-]+)=(.*)$') {
                $name, $begin, $lead = $Matches[1], $Matches[2], "$($Matches[1])="
            } elseif ($words.Count -gt 1 -and $values.ContainsKey($words[-1]) -and $optional -cnotcontains $words[-1]) {
                $name, $begin, $lead = $words[-1], $wordToComplete, ''
            } else {
                $options.Keys | Where-Object { $wordToComplete -and $_.StartsWith($wordToComplete, [StringComparison]::Ordinal) } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterName', $options[$_])
                }
                return
            }

            if (-not $values.ContainsKey($name)) { return }
            if ($lists -ccontains $name -and $begin -match '^(.*,)([^,]*)$') {
                $lead, $begin = "$lead$($Matches[1])", $Matches[2]
            }
            $values[$name] | Where-Object { $_.StartsWith($begin, [StringComparison]::Ordinal) } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new("$lead$_", $_, 'ParameterValue', $_)
            }
        }
        """;

    public static string Compose()
    {
        var script = new StringBuilder(Begin);
        foreach (OptionDefinition option in OptionGroups.Options)
            foreach (string name in option.Names)
                script.Append($"    $options['{name}'] = {Quote(option.Help)}\n");
        foreach (OptionDefinition option in WithValues())
            foreach (string name in option.Argument!.IsOptional ? [option.Name] : option.Names)
                script.Append($"    $values['{name}'] = @({string.Join(", ", option.Argument.Choices.Select(static choice => Quote(choice.Value)))})\n");
        script.Append($"    $lists = @({Names(static argument => argument.Kind == ArgumentKind.List)})\n");
        script.Append($"    $optional = @({Names(static argument => argument.IsOptional)})\n");
        return script.Append(End).ToString();
    }

    private static string Names(Func<OptionArgument, bool> wanted) =>
        string.Join(", ", WithValues().Where(option => wanted(option.Argument!)).SelectMany(static option => option.Names).Select(Quote));

    private static IEnumerable<OptionDefinition> WithValues() => OptionGroups.Options.Where(static option => option.Argument is { Choices.Count: > 0 });

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
