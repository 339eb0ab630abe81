using Mtcopy.Tests.Running;

namespace Mtcopy.Tests;

/// <summary>Ctrl-Z and its kin. The command runs in a group of its own, below a shell, as on a terminal: the kernel stops nothing that nobody could let go on.</summary>
public sealed class PauseTests
{
    private const string Begin = """
        state() { ps -o stat= -p $p | cut -c 1; }
        size() { du -s --apparent-size -B 1 dst | cut -f 1; }
        until_state() { for i in $(seq 500); do case $(state) in $1) return;; esac; sleep 0.02; done; echo "never $1"; }
        until_larger() { old=$(size); for i in $(seq 500); do [ $(size) != $old ] && return; sleep 0.02; done; echo "does not go on"; }
        mkdir -p src dst; for i in 1 2 3; do head -c 5M /dev/zero | tr '\0' x > src/$i; done
        python3 -c 'import os, sys; os.setpgid(0, 0); os.execvp(sys.argv[1], sys.argv[1:])' $MTCOPY --isolation $ISOLATION -j 2 --bwlimit 8M src dst 2> messages & p=$!
        until_larger

        """;

    [Theory]
    [InlineData("threads", "$p")]
    [InlineData("processes", "$p")]
    [InlineData("processes", "-$p")]
    public void Copy_stands_still_and_goes_on(string isolation, string target)
    {
        using var space = new Workspace();
        CommandResult result = space.MtcopyIn($"""
            ISOLATION={isolation}; {Begin}
            kill -TSTP -- {target}; until_state T; cat messages
            sleep 0.3; before=$(size); sleep 0.5; echo written $(($(size) - before))
            kill -CONT -- {target}; until_larger; wait $p
            """).ExitsWith(0);
        Assert.StartsWith("mtcopy: paused\nwritten 0\nCopied 3 files", result.Output, StringComparison.Ordinal);
        Assert.Equal("mtcopy: paused\n", space.Bash("cat messages"));
        Tree.AssertSame(space, "src", "dst");
    }

    [Theory]
    [InlineData("threads", "0.5")]
    [InlineData("processes --timeout 2s", "2.5")]
    public void Copy_goes_on_when_it_was_stopped_without_being_asked(string isolation, string seconds)
    {
        using var space = new Workspace();
        CommandResult result = space.MtcopyIn($"""
            ISOLATION='{isolation}'; {Begin}
            kill -STOP $p; until_state T; sleep {seconds}; kill -CONT $p; wait $p
            """).ExitsWith(0);
        Assert.Matches(@"\ACopied 3 files[^\n]*\n\z", result.Output);
        Tree.AssertSame(space, "src", "dst");
    }

    [Theory]
    [InlineData("threads")]
    [InlineData("processes")]
    public void Interrupt_ends_a_copy_that_is_paused(string isolation)
    {
        using var space = new Workspace();
        space.MtcopyIn($"""
            ISOLATION={isolation}; {Begin.Replace("python3", "env --default-signal=INT python3", StringComparison.Ordinal)}
            kill -TSTP $p; until_state T; kill -INT $p; kill -CONT $p; wait $p
            """).ExitsWith(130);
        Assert.Equal("", space.Bash("find dst -name '.mtcopy-*'"));
    }
}
