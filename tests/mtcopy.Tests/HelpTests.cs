using Mtcopy.CommandLine;
using Mtcopy.Tests.Running;

namespace Mtcopy.Tests;

public sealed class HelpTests
{
    private const string Golden = """
        mtcopy copies folders and files with many workers at once.

        Usage: mtcopy [-j N] [--isolation threads|processes] SRC... DST

          mtcopy photos backup       backup becomes the copy of the folder photos
          mtcopy photos backup/      photos goes into backup, as backup/photos
          mtcopy a.jpg b.jpg album   several sources go into the folder album
          mtcopy -- -odd- copy       paths that begin with a dash

        Stopped, or files have changed? The same command again completes the copy: what
        is there with the same size and time is left alone. Links stay links; mode and
        modification time are kept. No file ever stands half-written under its name.

          -j, --workers N            workers at the same time, 1 to 1024 [one per core]
              --isolation threads    workers are threads of this process [default]
              --isolation processes  workers are child processes: one that crashes is
                                     replaced, and its files are copied again
          -h, --help                 this text
              --version              the version

        Exit code: 0 all copied; 1 something was not copied, or the copy was refused
        (standard error names it and why); 2 wrong usage; 130 Ctrl-C, 143 SIGTERM,
        129 terminal closed.

        """;

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_is_printed_on_standard_output_when_asked_for(string option)
    {
        using var space = new Workspace();
        CommandResult result = space.Mtcopy(option).ExitsWith(0);
        Assert.Equal(Golden, result.Output);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void Help_fits_on_a_screen_of_80_columns_and_24_lines()
    {
        string[] lines = HelpText.Value.Split('\n');
        Assert.True(lines.Length < 24, $"{lines.Length} lines leave no room for the prompt");
        Assert.DoesNotContain(lines, line => line.Length > 80);
    }

    [Fact]
    public void Help_names_every_option()
    {
        foreach (System.CommandLine.Option option in new Syntax().Command.Options)
            Assert.All(option.Aliases.Append(option.Name), name => Assert.Contains(name, HelpText.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Version_is_name_and_three_numbers()
    {
        using var space = new Workspace();
        CommandResult result = space.Mtcopy("--version").ExitsWith(0);
        Assert.Matches(@"\Amtcopy \d+\.\d+\.\d+\n\z", result.Output);
    }
}
