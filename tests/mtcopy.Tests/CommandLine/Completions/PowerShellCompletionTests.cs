using Mtcopy.CommandLine.Completions;
using Mtcopy.CommandLine.Definitions;
using Mtcopy.Tests.Running;

namespace Mtcopy.Tests.CommandLine.Completions;

public sealed class PowerShellCompletionTests
{
    private static readonly string s_script = CompletionScript.For("powershell");

    [Fact]
    public void Script_names_every_option_with_its_values()
    {
        foreach (OptionDefinition option in OptionGroups.Options)
        {
            foreach (string name in option.Names)
                Assert.Contains($"    $options['{name}'] = '", s_script, StringComparison.Ordinal);
            if (option.Argument is { Choices: { Count: > 0 } choices })
                Assert.Contains($"    $values['{option.Name}'] = @('{string.Join("', '", choices.Select(static choice => choice.Value))}')", s_script, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Brackets_and_quotes_are_closed()
    {
        var open = new Stack<char>();
        foreach (string line in s_script.Split('\n').Where(static line => !line.TrimStart().StartsWith('#')))
        {
            char quote = '\0';
            foreach (char letter in line)
            {
                if (quote != '\0')
                    quote = letter == quote ? '\0' : quote;
                else if (letter is '\'' or '"')
                    quote = letter;
                else if (letter is '(' or '{' or '[')
                    open.Push(letter switch { '(' => ')', '{' => '}', _ => ']' });
                else if (letter is ')' or '}' or ']')
                    Assert.Equal(open.Pop(), letter);
            }

            Assert.True(quote == '\0', $"a quote is open: {line}");
        }

        Assert.Empty(open);
    }

    [Theory]
    [InlineData("mtcopy --sp", "--sparse")]
    [InlineData("mtcopy --sparse=al", "--sparse=always")]
    [InlineData("mtcopy -p mode,t", "mode,times")]
    public void Line_is_completed(string line, string completion)
    {
        Needs.Program("pwsh", "PowerShell, which Debian does not have");
        using var space = new Workspace();
        File.WriteAllText($"{space.Folder}/completion.ps1", s_script);
        string command = $"function mtcopy {{}}; . ./completion.ps1; [System.Management.Automation.CommandCompletion]::CompleteInput('{line}', {line.Length}, $null).CompletionMatches.CompletionText";
        Assert.Equal($"{completion}\n", space.Bash($"timeout 50 pwsh -NoProfile -Command {ShellQuoting.Quote(command)}"));
    }
}
