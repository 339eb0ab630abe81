using System.Runtime.InteropServices;
using Mtcopy.Tests.Running;

namespace Mtcopy.Tests;

public sealed class VerbosityTests
{
    /// <summary>Whose names, 200 bytes each, are far more than a pipe takes.</summary>
    private const int Files = 5000;

    [Fact]
    public void Each_entry_has_a_line_when_more_is_to_be_said()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a dst; echo x > src/a/x; ln -s x src/link; echo y > src/y; cp -p src/y dst");
        CommandResult result = space.Mtcopy("-v", "src", "dst").ExitsWith(0);
        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal("src -> dst (becomes it)", lines[0]);
        Assert.Equal(["copied src/a/x", "copied src/link", "created src/a/", "unchanged src/y"], lines[1..^2].Order(StringComparer.Ordinal));
        Assert.StartsWith("Copied 1 file, 1 folder, 1 link: ", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_but_problems_when_it_is_to_be_quiet()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; echo x > src/x; mkfifo src/pipe");
        CommandResult result = space.Mtcopy("-q", "src", "dst").ExitsWith(1);
        Assert.Equal("", result.Output);
        Assert.Matches(@"\Amtcopy: src/pipe: [^\n]*\n\z", result.Error);
    }

    [Fact]
    public void Each_problem_is_named_once_and_the_summary_says_what_to_do()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; for i in $(seq 12); do mkfifo src/$i; done");
        CommandResult result = space.Mtcopy("src", "dst").ExitsWith(1);
        Assert.Equal(12, result.Error.Split('\n').Count(static line => line.StartsWith("mtcopy: src/", StringComparison.Ordinal)));
        Assert.Equal(13, result.Error.Split('\n').Length);
        Assert.Matches(@"\n12 failed\.\n  12 of a type that is not copied \(FIFO, socket, device\): .*\n\z", result.Output);
    }

    [Fact]
    public void Interrupt_ends_the_copy_although_nobody_reads_its_list()
    {
        using var space = new Workspace(inMemory: true);
        space.Bash($"mkdir src; seq {Files} | split -l 1 -a 4 - src/{new string('a', 200)}-");
        using RunningCommand command = space.Start("exec env --default-signal=INT $MTCOPY -v src dst > >(exec sleep 60)");
        Until.True(() => File.Exists($"/proc/{command.Id}/stat") && Waits(space), () => "it never waits for its reader", Shell.Limit);
        command.Send(PosixSignal.SIGINT);
        Until.True(() => command.HasExited, () => "still running", TimeSpan.FromSeconds(10));
        foreach (int left in space.Running())
            System.Diagnostics.Process.GetProcessById(left).Kill();
        command.WaitForExit().ExitsWith(130);
    }

    /// <summary>The copy has not come to its end, and copies nothing more.</summary>
    private static bool Waits(Workspace space)
    {
        int before = Count(space);
        Thread.Sleep(200);
        return before > 100 && before < Files && before == Count(space);
    }

    private static int Count(Workspace space) => Directory.Exists($"{space.Folder}/dst") ? Directory.EnumerateFiles($"{space.Folder}/dst").Count() : 0;
}
