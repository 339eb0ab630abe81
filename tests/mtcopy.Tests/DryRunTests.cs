using Mtcopy.Tests.Running;

namespace Mtcopy.Tests;

public sealed class DryRunTests
{
    private const string Trees = """
        mkdir -p src/new dst; echo same > src/same; cp -p src/same dst/same; echo x > src/new/x; echo longer > src/changed; echo y > dst/changed
        ln -s x src/link; printf z > $'src/bad\xff\nname'; echo o > src/left.o
        """;

    [Fact]
    public void Dry_run_lists_what_would_be_done_and_does_nothing()
    {
        using var space = new Workspace();
        space.Bash(Trees);
        string before = space.Bash("find . -printf '%p %T@ %C@\\n' | sort");
        CommandResult result = space.Mtcopy("--dry-run", "--exclude", "*.o", "src", "dst").ExitsWith(0);
        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal("src -> dst (becomes it)", lines[0]);
        Assert.Equal([@"copy src/bad\xFF\nname", "copy src/link", "copy src/new/x", "create src/new/", "replace src/changed"], lines[1..^2].Order(StringComparer.Ordinal));
        Assert.Equal(["Would copy 3 files, 1 folder, 1 link: 10 B.", "1 unchanged, 1 left alone."], lines[^2..]);
        Assert.Equal("", result.Error);
        Assert.Equal(before, space.Bash("find . -printf '%p %T@ %C@\\n' | sort"));
    }

    [Fact]
    public void Dry_run_lists_what_would_be_left_alone_when_all_is_wanted()
    {
        using var space = new Workspace();
        space.Bash(Trees);
        CommandResult result = space.Mtcopy("--dry-run=all", "--exclude", "*.o", "src", "dst").ExitsWith(0);
        Assert.Contains("\nunchanged src/same\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nleft out src/left.o\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Dry_run_gives_the_reason_of_each_when_it_is_to_explain()
    {
        using var space = new Workspace();
        space.Bash(Trees);
        CommandResult result = space.Mtcopy("--dry-run=explain", "--exclude", "*.o", "src", "dst").ExitsWith(0);
        Assert.Contains("\nreplace src/changed: its size differs\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nunchanged src/same: it is there already\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\ncopy src/new/x: the destination does not have it\n", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"\nleft out src/left\.o: .*\*\.o", result.Output);
    }

    [Fact]
    public void Dry_run_of_a_mirror_lists_what_would_be_deleted()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst; echo x > src/x; echo y > dst/y");
        CommandResult result = space.Mtcopy("--dry-run", "--mirror", "src", "dst").ExitsWith(0);
        Assert.Contains("\ndelete dst/y\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 to be deleted.\n", result.Output, StringComparison.Ordinal);
        Assert.Equal("y\n", space.Bash("ls dst"));
    }

    [Theory]
    [InlineData("src dst", "src -> dst (becomes it)", "dst/x")]
    [InlineData("src/ dst", "src/ -> dst (becomes it)", "dst/x")]
    [InlineData("src dst/", "src -> dst (goes into it)", "dst/src/x")]
    [InlineData("src/x dst", "src/x -> dst (becomes it)", "dst")]
    [InlineData("src/x there", "src/x -> there (goes into it)", "there/x")]
    [InlineData("src there", "src -> there (becomes it)", "there/x")]
    [InlineData("link linked", "link -> linked (becomes it)", "linked")]
    [InlineData("link there", "link -> there (goes into it)", "there/link")]
    [InlineData("-L link there", "link -> there (becomes it)", "there/x")]
    [InlineData("src link there", "src, link -> there (each goes into it)", "there/src/x")]
    [InlineData("src/x a b c d there", "src/x, a, b and 2 more -> there (each goes into it)", "there/d")]
    public void First_line_says_what_the_sources_mean_here(string arguments, string line, string made)
    {
        using var space = new Workspace();
        space.Bash("mkdir src there; echo x > src/x; ln -s src link; ln -s there linked; echo > a; echo > b; echo > c; echo > d");
        Assert.Equal(line, space.MtcopyIn($"exec $MTCOPY --dry-run {arguments}").ExitsWith(0).Output.Split('\n')[0]);
        Assert.Equal(line, space.MtcopyIn($"exec $MTCOPY -v {arguments}").ExitsWith(0).Output.Split('\n')[0]);
        space.Bash($"test -e {made} || test -L {made}");
    }
}
