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

    [Theory]
    [InlineData("ENOBUFS")]
    [InlineData("EIO")]
    [InlineData("ENOSPC")]
    public void Copy_ends_and_says_what_it_lacks_when_messages_between_its_processes_cannot_be_sent(string error)
    {
        Needs.Program("strace");
        using var space = new Workspace();
        space.Bash("mkdir src; echo one > src/one; echo two > src/two");
        // The first message that a thread sends is refused: orders to worker processes, and their answers.
        CommandResult result = space.MtcopyIn($"exec strace -f -qq -o /dev/null -e trace=sendto -e inject=sendto:error={error}:when=1 $MTCOPY -a --isolation processes src dst");
        string[] missing = [.. ((string[])["one", "two"]).Where(file => space.Bash($"cat dst/{file} 2> /dev/null || true") != $"{file}\n")];
        Assert.All(missing, file => Assert.Contains($"mtcopy: src/{file}: ", result.Error, StringComparison.Ordinal));
        result.ExitsWith(result.Error.Length == 0 ? 0 : 1);
        Assert.Equal("", space.Bash("find dst -name '.mtcopy-*'"));
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
