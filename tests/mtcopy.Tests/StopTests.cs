using System.Runtime.InteropServices;
using Mtcopy.Tests.Running;
using Multitasking.Copying;

namespace Mtcopy.Tests;

// It measures how fast a signal is obeyed.
[TestClass(DisableParallelization = true)]
public sealed class StopTests
{
    /// <summary>A fraction of what the copy would still take, and enough for a busy machine.</summary>
    private static readonly TimeSpan s_atOnce = TimeSpan.FromSeconds(10);

    /// <summary>So that a copy that is stopped in the middle has not written GiB by then. One signal comes at full speed, in the middle of a large piece.</summary>
    private static readonly FilePath[] s_slowly = ["--bwlimit", "8M"];

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130, "interrupted after", "threads")]
    [InlineData(PosixSignal.SIGINT, 130, "interrupted after", "processes")]
    [InlineData(PosixSignal.SIGTERM, 143, "terminated after", "threads")]
    [InlineData(PosixSignal.SIGTERM, 143, "terminated after", "processes")]
    [InlineData(PosixSignal.SIGHUP, 129, "the terminal was closed: stopped after", "threads")]
    [InlineData(PosixSignal.SIGHUP, 129, "the terminal was closed: stopped after", "processes")]
    public void Signal_ends_all_workers_at_once_and_leaves_no_partial_file(PosixSignal signal, int exitCode, string message, string isolation)
    {
        using var space = new Workspace(inMemory: signal != PosixSignal.SIGINT);
        Tree.MakeBig(space, "src", isLarge: signal == PosixSignal.SIGINT);
        using RunningCommand command = space.StartMtcopy([.. signal == PosixSignal.SIGINT ? [] : s_slowly, "--isolation", isolation, "src", "dst"]);
        WaitUntilUnderWay(space);

        command.Send(signal);
        CommandResult result = command.WaitForExit(s_atOnce).ExitsWith(exitCode);

        Assert.Empty(space.Running());
        Assert.Matches($@"\Amtcopy: {message} [\d,]+( of [\d,]+)? files?, [\d.]+ [KMGi]*B; run the same command again to complete the copy\.\n\z", result.Error);
        Assert.Equal("", result.Output);
        Tree.AssertPartOf(space, "dst", "src");
        Assert.Equal("", space.Bash("find dst -name film"));
    }

    [Theory]
    [InlineData("threads")]
    [InlineData("processes")]
    public void Interrupt_of_a_terminal_reaches_the_workers_too_and_is_no_error_of_theirs(string isolation)
    {
        using var space = new Workspace(inMemory: true);
        Tree.MakeBig(space, "src", isLarge: false);
        using RunningCommand command = space.StartInGroup([.. s_slowly, "--isolation", isolation, "src", "dst"]);
        WaitUntilUnderWay(space);

        command.SendToGroup(PosixSignal.SIGINT);
        CommandResult result = command.WaitForExit().ExitsWith(130);
        Assert.Matches(@"\Amtcopy: interrupted after .*\n\z", result.Error);
        space.AssertNothingRuns();
        Tree.AssertPartOf(space, "dst", "src");
    }

    [Theory]
    [InlineData("threads")]
    [InlineData("processes")]
    public void Second_interrupt_ends_at_once_and_leaves_no_worker(string isolation)
    {
        using var space = new Workspace(inMemory: true);
        Tree.MakeBig(space, "src", isLarge: false);
        using RunningCommand command = space.StartMtcopy([.. s_slowly, "--isolation", isolation, "src", "dst"]);
        WaitUntilUnderWay(space);
        command.Send(PosixSignal.SIGINT);
        command.Send(PosixSignal.SIGINT);
        command.WaitForExit(s_atOnce).ExitsWith(130);
        space.AssertNothingRuns();
    }

    [Theory]
    [InlineData("threads")]
    [InlineData("processes")]
    public void Same_command_completes_the_copy_when_the_first_was_killed(string isolation)
    {
        using var space = new Workspace(inMemory: true);
        Tree.MakeLong(space, "src");
        using RunningCommand command = space.StartMtcopy("--bwlimit", "16M", "--isolation", isolation, "src", "dst");
        WaitUntilUnderWay(space);
        command.Kill();
        command.WaitForExit().ExitsWith(137);
        space.AssertNothingRuns();

        CommandResult result = space.Mtcopy("--isolation", isolation, "src", "dst").ExitsWith(0);
        Assert.StartsWith("Copied ", result.Output, StringComparison.Ordinal);
        Tree.AssertSame(space, "src", "dst");
    }

    /// <summary>
    /// Waits until files stand in the destination, and the copy is not over. The first worker may take the large file first, and beside busy
    /// programs no other comes before that is complete: so it counts for all.
    /// </summary>
    private static void WaitUntilUnderWay(Workspace space) => Until.True(
        () => Directory.Exists($"{space.Folder}/dst")
            && (HasFiles(space, SearchOption.TopDirectoryOnly, 1) || HasFiles(space, SearchOption.AllDirectories, 20)),
        () => "nothing was copied",
        Shell.Limit);

    private static bool HasFiles(Workspace space, SearchOption where, int count) =>
        Directory.EnumerateFiles($"{space.Folder}/dst", "*", where).Skip(count - 1).Any();
}
