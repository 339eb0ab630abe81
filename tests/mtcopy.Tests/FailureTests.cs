using Mtcopy.Tests.Running;

namespace Mtcopy.Tests;

public sealed class FailureTests
{
    // Even root cannot read a file without these two; the owner of a tree is root in many a container.
    private const string WithoutRights = "setpriv --bounding-set=-dac_override,-dac_read_search";

    [Theory]
    [InlineData("threads")]
    [InlineData("processes")]
    public void Unreadable_file_is_named_with_its_reason_and_the_rest_is_copied(string isolation)
    {
        using var space = new Workspace();
        Tree.MakeSmall(space, "src");
        space.Bash("echo secret > src/album/secret; chmod 0 src/album/secret; mkdir -m 0 src/locked");
        string prefix = Environment.UserName == "root" ? WithoutRights : "";
        CommandResult result = space.MtcopyIn($"exec {prefix} $MTCOPY --isolation {isolation} src dst").ExitsWith(1);

        string[] errors = [.. result.Error.TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal)];
        Assert.Equal(2, errors.Length);
        Assert.Matches(@"\Amtcopy: src/album/secret: .*Permission denied\z", errors[0]);
        Assert.Matches(@"\Amtcopy: src/locked: .*Permission denied\z", errors[1]);
        Assert.Matches(@"\ACopied 3 files, \d folders, 2 links: .*\n2 failed\.\n  2 could not be read: .*\n\z", result.Output);
        space.Bash("rmdir src/locked; rm -f src/album/secret; test ! -e dst/locked || rmdir dst/locked; diff -r --no-dereference src dst");
    }

    [Fact]
    public void Destination_that_cannot_be_written_is_refused_with_exit_code_3()
    {
        using var space = new Workspace();
        Tree.MakeSmall(space, "src");
        CommandResult result = space.Mtcopy("src", "/proc/no-such-folder").ExitsWith(3);
        Assert.StartsWith("mtcopy: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">&-")]
    [InlineData("> /dev/full")]
    [InlineData("2>&-")]
    [InlineData("<&- >&- 2>&-")]
    public void Copy_is_complete_when_nobody_can_be_told(string redirection)
    {
        using var space = new Workspace();
        Tree.MakeSmall(space, "src");
        space.MtcopyIn($"exec $MTCOPY src dst {redirection}").ExitsWith(0);
        Tree.AssertSame(space, "src", "dst");
    }

    [Fact]
    public void Copy_is_complete_when_the_reader_of_its_output_has_gone()
    {
        using var space = new Workspace();
        Tree.MakeSmall(space, "src");
        space.Bash("mkfifo src/pipe");
        CommandResult result = space.MtcopyIn("{ $MTCOPY src dst 2>&1; echo code $? > code; } | true; cat code");
        Assert.Equal("code 1\n", result.Output);
        space.Bash("rm src/pipe; diff -r --no-dereference src dst");
    }
}
