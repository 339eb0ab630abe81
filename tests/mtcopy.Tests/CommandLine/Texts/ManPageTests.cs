using Mtcopy.CommandLine.Definitions;
using Mtcopy.CommandLine.Texts;
using Mtcopy.Tests.Running;

namespace Mtcopy.Tests.CommandLine.Texts;

public sealed class ManPageTests
{
    private static string Rendered(Workspace space)
    {
        File.WriteAllText($"{space.Folder}/mtcopy.1", ManPage.Compose() + "\n");
        // No bold, no hyphenation and one long line a paragraph, so that it can be searched.
        return space.Bash("groff -man -Tascii -P-cbou -rHY=0 -rLL=500n mtcopy.1");
    }

    [Fact]
    public void Page_is_accepted_by_groff_without_a_warning()
    {
        Needs.Program("groff");
        using var space = new Workspace();
        File.WriteAllText($"{space.Folder}/mtcopy.1", ManPage.Compose() + "\n");
        Assert.Equal("", space.Bash("groff -man -ww -Tutf8 mtcopy.1 2>&1 >/dev/null"));
    }

    [Fact]
    public void Page_is_accepted_by_man_without_a_warning()
    {
        Needs.Program("man", "man-db");
        using var space = new Workspace();
        File.WriteAllText($"{space.Folder}/mtcopy.1", ManPage.Compose() + "\n");
        Assert.Equal("", space.Bash("MANROFFSEQ= LC_ALL=C.UTF-8 man --warnings -E UTF-8 -l -Tutf8 -Z mtcopy.1 2>&1 >/dev/null"));
    }

    [Fact]
    public void Page_has_the_sections_of_a_command()
    {
        string[] sections = [.. ManPage.Compose().Split('\n').Where(static line => line.StartsWith(".SH ", StringComparison.Ordinal)).Select(static line => line[4..].Trim('"'))];
        Assert.Equal(["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "EXAMPLES", "ENVIRONMENT", "FILES", "NOTES", "SEE ALSO"], sections);
    }

    [Fact]
    public void Page_shows_options_and_commands_as_they_are_typed()
    {
        Needs.Program("groff");
        using var space = new Workspace();
        string page = Rendered(space);
        foreach (OptionDefinition option in OptionGroups.Options)
            Assert.Matches($@"(?m)^ +{System.Text.RegularExpressions.Regex.Escape(string.Join(", ", option.Names))}( |\[|$)", page);
        Assert.All(Example.More, example => Assert.Contains($" {example.Command}\n", page, StringComparison.Ordinal));
        Assert.All(ExitCodeText.All, code => Assert.Matches($@"(?m)^ +{(int)code.Code} +[A-Z]", page));
    }

    [Theory]
    [InlineData(".SH", @"\&.SH")]
    [InlineData("'quoted'", @"\(aqquoted\(aq")]
    [InlineData(@"a\b", @"a\eb")]
    [InlineData("--x", @"\-\-x")]
    public void Text_means_nothing_to_roff(string text, string escaped) => Assert.Equal(escaped, Roff.Escape(text));
}
