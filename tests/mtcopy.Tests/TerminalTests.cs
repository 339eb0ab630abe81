using Mtcopy.Tests.Running;

namespace Mtcopy.Tests;

/// <summary>The command on a terminal, which util-linux' <c>script</c> plays.</summary>
public sealed class TerminalTests
{
    private const string Slow = "$MTCOPY --bwlimit 2M";
    private const string Utf8 = "TERM=xterm-256color LC_ALL=C.UTF-8";

    [Theory]
    [InlineData(100, Utf8, @"\A *\d+%  ━*─* +[\d,]+ of [\d,]+ files +[\d.]+ \w+ of [\d.]+ \w+ +[\d.]+ \w+/s  [\d:-]+ left\z")]
    [InlineData(100, "TERM=xterm LC_ALL=C", @"\A *\d+%  #*\.* +[\d,]+ of [\d,]+ files +[\d.]+ \w+ of [\d.]+ \w+ +[\d.]+ \w+/s  [\d:-]+ left\z")]
    [InlineData(30, Utf8, @"\A *\d+% +[\d.]+ \w+/s  [\d:-]+ left\z|\A *\d+%( [━─ ]+)?  [\d:-]+ left\z")]
    public void Progress_line_shows_how_far_the_copy_is_and_leaves_only_the_summary(int width, string environment, string line)
    {
        using var space = new Workspace(inMemory: true);
        MakeASecond(space);
        TerminalScreen screen = Show(space, width, environment, $"{Slow} src dst");

        Assert.Contains(screen.Overwritten, text => System.Text.RegularExpressions.Regex.IsMatch(text.TrimEnd(), line));
        Assert.All(screen.Overwritten, text => Assert.True(text.Length < width, $"too long: {text}"));
        Assert.Matches(@"\ACopied 1,0\d\d files, ", string.Concat(screen.Rows));
        Tree.AssertSame(space, "src", "dst");
    }

    [Fact]
    public void Messages_stand_above_the_progress_line()
    {
        using var space = new Workspace(inMemory: true);
        MakeASecond(space);
        space.Bash("mkfifo src/zzz");
        TerminalScreen screen = Show(space, 120, Utf8, $"{Slow} src dst");
        Assert.StartsWith("mtcopy: src/zzz: ", screen.Rows[0], StringComparison.Ordinal);
        Assert.StartsWith("Copied 1,0", screen.Rows[1], StringComparison.Ordinal);
        Assert.Equal("1 failed.", screen.Rows[2]);
        Assert.StartsWith("  1 of a type that is not copied", screen.Rows[3], StringComparison.Ordinal);
        Assert.True(screen.Colours > 0);
    }

    [Fact]
    public void What_workers_are_at_stands_below_the_progress_line_and_is_taken_back()
    {
        using var space = new Workspace();
        space.Bash($"mkdir src; for i in 1 2; do head -c 1M /dev/zero | tr '\\0' x > src/日本語-$i-{new string('y', 100)}.mkv; done");
        TerminalScreen screen = Show(space, 80, Utf8, "stty rows 24; $MTCOPY -j 2 --bwlimit 2M src dst");
        Assert.Contains(screen.Blocks, static block => System.Text.RegularExpressions.Regex.IsMatch(
            block, @"left\n  src/日本語-\d-y+…y+\.mkv\n  src/日本語-\d-y+…y+\.mkv\z"));
        Assert.Matches(@"\ACopied 2 files, 1 folder", Assert.Single(screen.Rows));
    }

    [Fact]
    public void List_of_entries_stands_above_the_progress_lines()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; for i in 1 2 3 4; do head -c 500K /dev/zero | tr '\\0' x > src/$i; done");
        TerminalScreen screen = Show(space, 80, Utf8, "stty rows 24; $MTCOPY -v -j 1 --bwlimit 2M src dst");
        Assert.Equal(["copied src/1", "copied src/2", "copied src/3", "copied src/4"], screen.Rows.Skip(2).Take(4).Order(StringComparer.Ordinal));
        Assert.Contains(screen.Blocks, static block => block.Contains("\ncopied src/", StringComparison.Ordinal) && block.Contains(" left\n  src/", StringComparison.Ordinal));
        Assert.StartsWith("Copied 4 files", screen.Rows[6], StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_progress_is_lines_of_their_own_also_without_a_terminal()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; head -c 3M /dev/zero | tr '\\0' x > src/film");
        CommandResult result = space.Mtcopy("--progress=plain", "--bwlimit", "2M", "src", "dst").ExitsWith(0);
        Assert.Matches(@"\A\d+%  0 of 1 file +[\d.]+ \w+ of 3\.0 MiB +[\d.]+ \w+/s  [\d:-]+ left\n\z", result.Error);
    }

    [Fact]
    public void Progress_line_has_no_colours_when_the_user_wants_none()
    {
        using var space = new Workspace(inMemory: true);
        MakeASecond(space);
        TerminalScreen screen = Show(space, 100, $"{Utf8} NO_COLOR=1", $"{Slow} src dst");
        Assert.NotEmpty(screen.Overwritten);
        Assert.Equal(0, screen.Colours);
    }

    [Theory]
    [InlineData("TERM=dumb", $"{Slow} src dst")]
    [InlineData("TERM=xterm", $"{Slow} src dst 2> messages")]
    [InlineData("TERM=xterm", $"{Slow} src dst 2>&1 | cat")]
    public void Progress_line_is_not_drawn_when_it_cannot_be_taken_back(string environment, string command)
    {
        using var space = new Workspace(inMemory: true);
        MakeASecond(space);
        TerminalScreen screen = Show(space, 100, environment, command);
        Assert.Empty(screen.Overwritten);
        Assert.Single(screen.Rows);
        space.Bash("test ! -s messages");
    }

    /// <summary>Takes longer than the command's patience when it is copied by <see cref="Slow"/>, so that it shows how it goes.</summary>
    private static void MakeASecond(Workspace space) => space.Bash(
        "mkdir src; head -c 2M /dev/urandom > src/film; mkdir src/more; head -c 800000 /dev/urandom | split -b 800 -a 3 - src/more/");

    private static TerminalScreen Show(Workspace space, int width, string environment, string command)
    {
        Needs.Program("script", "bsdutils");
        CommandResult result = space.MtcopyIn(
            $"unset NO_COLOR; export {environment}; exec script -qec \"stty cols {width} -onlcr; {command}\" /dev/null");
        return TerminalScreen.Show(result.Output, width);
    }
}
