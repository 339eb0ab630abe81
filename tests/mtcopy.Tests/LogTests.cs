using Mtcopy.Tests.Running;

namespace Mtcopy.Tests;

public sealed class LogTests
{
    private const string Time = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z";

    [Fact]
    public void Log_has_a_line_for_each_event_and_is_added_to()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; echo x > src/x; mkfifo src/pipe; echo before > log");
        space.Mtcopy("--log", "log", "src", "dst").ExitsWith(1);
        space.Mtcopy("--log", "log", "src", "dst").ExitsWith(1);
        string[] lines = space.Bash("cat log").TrimEnd('\n').Split('\n');
        Assert.Equal("before", lines[0]);
        Assert.Matches($@"\A{Time}\tstart\t0\tsrc -> dst \(becomes it\)\t\z", lines[1]);
        Assert.Contains(lines, static line => System.Text.RegularExpressions.Regex.IsMatch(line, $@"\A{Time}\tcopied\t2\tsrc/x\t\z"));
        Assert.Contains(lines, static line => System.Text.RegularExpressions.Regex.IsMatch(line, $@"\A{Time}\tunchanged\t0\tsrc/x\t\z"));
        Assert.Equal(2, lines.Count(static line => System.Text.RegularExpressions.Regex.IsMatch(line, $@"\A{Time}\tfailed\t0\tsrc/pipe\tnot copied: .+\z")));
        Assert.Matches($@"\A{Time}\tend\t0\texit code 1\tNothing copied .*\z", lines[^1]);
    }

    [Fact]
    public void Log_has_no_line_that_a_name_made()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; echo x > $'src/a\\n2026-01-01T00:00:00.000Z\\tcopied\\t1\\tforged\\t'");
        space.Mtcopy("--log", "log", "src", "dst").ExitsWith(0);
        string[] lines = space.Bash("cat log").TrimEnd('\n').Split('\n');
        Assert.All(lines, static line => Assert.Equal(5, line.Split('\t').Length));
        Assert.Contains(lines, static line => line.Contains(@"src/a\n2026-01-01T00:00:00.000Z\tcopied", StringComparison.Ordinal));
    }

    [Fact]
    public void Log_does_not_follow_a_link_to_another_file()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; echo precious > precious; ln -s precious log");
        CommandResult result = space.Mtcopy("--log", "log", "src", "dst").ExitsWith(3);
        Assert.Equal("mtcopy: cannot open the log 'log': it is a symbolic link, which could lead anywhere\n", result.Error);
        Assert.Equal("precious\n", space.Bash("cat precious; test ! -e dst"));
    }

    [Fact]
    public void Copy_goes_on_when_the_log_is_full()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; echo x > src/x");
        CommandResult result = space.Mtcopy("--log", "/dev/full", "src", "dst").ExitsWith(0);
        Assert.Equal("mtcopy: cannot write the log '/dev/full', which ends here: No space left on device\n", result.Error);
        Tree.AssertSame(space, "src", "dst");
    }
}
