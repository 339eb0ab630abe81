using Mtcopy.Tests.Running;

namespace Mtcopy.Tests;

/// <summary>Each exit code, from the real program; those of signals are in <see cref="StopTests"/>, and 2 is in <see cref="UsageErrorTests"/>.</summary>
public sealed class ExitCodeTests
{
    /// <summary>A file of 3 MiB that takes three seconds, and <c>$part</c> as the name under which it is written once that has begun.</summary>
    private const string SlowCopy = """
        mkdir -p src dst; head -c 3M /dev/zero | tr '\0' x > src/film
        $MTCOPY --bwlimit 1M $OPTIONS src dst & p=$!
        until part=$(find dst -name '.mtcopy-*' -size +0) && [ -n "$part" ]; do sleep 0.02; done

        """;

    [Fact]
    public void Everything_copied_is_0_also_when_there_was_nothing_to_do()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; echo x > src/x");
        space.Mtcopy("src", "dst").ExitsWith(0);
        space.Mtcopy("src", "dst").ExitsWith(0);
    }

    [Fact]
    public void Entry_that_is_not_copied_is_1()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; mkfifo src/pipe");
        space.Mtcopy("src", "dst").ExitsWith(1);
    }

    [Theory]
    [InlineData("nowhere dst")]
    [InlineData("src src/inside")]
    [InlineData("src src")]
    [InlineData("src /proc/no-such-folder")]
    [InlineData("--log link src dst")]
    [InlineData("--log pipe src dst")]
    [InlineData("--log src src dst")]
    [InlineData("--log no/such/folder src dst")]
    public void Copy_that_is_refused_is_3_and_nothing_is_touched(string arguments)
    {
        using var space = new Workspace();
        space.Bash("mkdir src; echo x > src/x; ln -s src/x link; mkfifo pipe");
        CommandResult result = space.MtcopyIn($"exec $MTCOPY {arguments}").ExitsWith(3);
        Assert.StartsWith("mtcopy: ", result.Error, StringComparison.Ordinal);
        Assert.Equal("x", space.Bash("cat src/x; test ! -e dst").Trim());
    }

    [Fact]
    public void Source_that_changes_while_it_is_copied_is_4()
    {
        using var space = new Workspace();
        space.MtcopyIn($"{SlowCopy} echo more >> src/film; wait $p").ExitsWith(4);
        Assert.Equal("", space.Bash("ls -A dst"));
    }

    [Fact]
    public void Source_that_changes_is_copied_when_it_is_tried_again()
    {
        using var space = new Workspace();
        space.MtcopyIn($"OPTIONS='--retries 1 --retry-wait 1ms'; {SlowCopy} echo more >> src/film; wait $p").ExitsWith(0);
        Tree.AssertSame(space, "src", "dst");
    }

    [Fact]
    public void Copy_that_is_not_as_its_source_is_5()
    {
        using var space = new Workspace();
        CommandResult result = space.MtcopyIn($"OPTIONS=--verify; {SlowCopy} printf y | dd of=$part conv=notrunc status=none; wait $p").ExitsWith(5);
        Assert.Contains("mtcopy: src/film: ", result.Error, StringComparison.Ordinal);
        Assert.Equal("", space.Bash("ls -A dst"));
    }

    [Fact]
    public void Full_destination_is_6()
    {
        using var space = new Workspace();
        space.Bash("mkdir src dst; head -c 3M /dev/zero | tr '\\0' x > src/film; echo x > src/x");
        // One after the other: beside the one that fills the destination, the small one may find no room either.
        CommandResult result = space.MtcopyIn("mount -t tmpfs -o size=1m none dst || exit 77; $MTCOPY -j 1 src dst; code=$?; ls dst; umount dst; exit $code");
        if (result.ExitCode == 77)
            Needs.Mount("tmpfs", result.Error);
        result.ExitsWith(6);
        Assert.Contains("No space left on device", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("\nx\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void File_on_which_workers_hang_is_7()
    {
        using var space = new Workspace();
        CommandResult result = space.MtcopyIn("""
            mkdir src; head -c 3M /dev/zero > src/film
            $MTCOPY --isolation processes -j 1 --bwlimit 100K --timeout 700ms src dst & p=$!
            while kill -0 $p 2> /dev/null && ! [ "$(ps -o stat= -p $p | cut -c 1)" = Z ]; do for child in $(pgrep -P $p); do grep -qz MULTITASKING_CHILD= /proc/$child/environ && kill -STOP $child; done; sleep 0.02; done
            wait $p
            """).ExitsWith(7);
        Assert.Contains("mtcopy: src/film: not copied: 3 processes in a row got no further with it", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--max-errors 2 src dst")]
    [InlineData("--on-error stop src dst")]
    [InlineData("--mirror --max-delete 1 empty dst --allow-empty-source")]
    public void Limit_that_is_reached_is_8(string arguments)
    {
        using var space = new Workspace();
        space.Bash("mkdir src dst empty; for i in 1 2 3; do mkfifo src/$i; echo x > dst/x$i; done");
        space.MtcopyIn($"exec $MTCOPY {arguments}").ExitsWith(8);
    }

    [Theory]
    [InlineData("src", 0)]
    [InlineData("src", 9)]
    public void Nothing_to_do_is_9_when_the_user_wants_to_know(string source, int exitCode)
    {
        using var space = new Workspace();
        space.Bash("mkdir src; echo x > src/x");
        if (exitCode == 9)
            space.Mtcopy(source, "dst").ExitsWith(0);
        space.Mtcopy("--error-if-none", source, "dst").ExitsWith(exitCode);
    }
}
