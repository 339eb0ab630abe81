using Mtcopy.CommandLine.Definitions;
using Mtcopy.CommandLine.Texts;
using Mtcopy.Tests.Running;

namespace Mtcopy.Tests;

/// <summary>The help itself stands in docs/mtcopy.md, and <see cref="DocumentationTests"/> compares.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("--man")]
    [InlineData("--completion=bash")]
    public void Text_is_printed_on_standard_output_when_asked_for(string option)
    {
        using var space = new Workspace();
        CommandResult result = space.Mtcopy(option).ExitsWith(0);
        string expected = option switch
        {
            "--help" => HelpText.Value,
            "-h" => HelpText.Short,
            "--man" => ManPage.Compose(),
            _ => Mtcopy.CommandLine.Completions.CompletionScript.For("bash"),
        };
        Assert.Equal(expected + "\n", result.Output);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void Short_help_fits_on_a_screen_of_80_columns_and_24_lines()
    {
        string[] lines = HelpText.Short.Split('\n');
        Assert.True(lines.Length < 24, $"{lines.Length} lines leave no room for the prompt");
        Assert.DoesNotContain(lines, static line => line.Length > 80);
    }

    [Fact]
    public void Help_has_80_columns() => Assert.DoesNotContain(HelpText.Value.Split('\n'), static line => line.Length > 80 || line.EndsWith(' '));

    [Fact]
    public void Help_has_an_entry_for_every_option_and_exit_code()
    {
        Assert.All(OptionGroups.Options, static option => Assert.Matches($@"(?m)^ +{System.Text.RegularExpressions.Regex.Escape(HelpText.Spelling(option))}(  |$)", HelpText.Value));
        Assert.All(Enum.GetValues<ExitCode>(), static code => Assert.Matches($@"(?m)^  {(int)code} +\w", HelpText.Value));
    }

    [Fact]
    public void Version_is_name_and_three_numbers()
    {
        using var space = new Workspace();
        CommandResult result = space.Mtcopy("--version").ExitsWith(0);
        Assert.Matches(@"\Amtcopy \d+\.\d+\.\d+\n\z", result.Output);
    }
}
