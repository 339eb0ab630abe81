using System.Diagnostics;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>What a run that was killed leaves behind, and who removes it.</summary>
public sealed class LeftoverTests
{
    [Theory]
    [InlineData(WorkerIsolation.Threads)]
    [InlineData(WorkerIsolation.Processes)]
    public async Task Leftover_of_a_killed_run_is_removed_by_the_next(WorkerIsolation isolation)
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/inner; head -c 400M /dev/zero | tr '\\0' x > src/inner/film");
        using Process first = TestProgram.Start(space, isolation, 1, "src dst");
        Until.True(() => first.HasExited || Temporary(space).Any(), () => "nothing is written");
        first.Kill();
        Assert.True(first.WaitForExit(Shell.Limit));
        // A worker process outlives its parent for as long as it takes to tidy up.
        OwnProcess.WaitForThoseIn(space.Folder);
        if (isolation == WorkerIsolation.Threads)
            space.Bash("test ! -e dst/inner/film; test -n \"$(find dst -name '.mtcopy-*')\"");

        CopyResult result = await new TestCopier(new CopyOptions { Isolation = isolation }).CopyAsync(space["src"], space["dst"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(result.Errors);
        space.AssertNoTemporary("dst");
        space.AssertSame("src", "dst");
    }

    [Fact]
    public async Task Leftover_stays_while_its_run_lives_and_only_names_of_that_form_are_ones()
    {
        using var space = new Workspace();
        int self = Environment.ProcessId;
        string living = Name(RunToken.Encode(self, ProcessStart.Of(self)!.Value));
        string another = Name(RunToken.Encode(self, ProcessStart.Of(self)!.Value + 1));
        string gone = Name(RunToken.Encode(0x3FFFFF, 1));
        space.Bash($"mkdir -p src/inner dst/inner; touch dst/inner/{living} dst/inner/{another} dst/{living} dst/{gone} dst/.mtcopy-note dst/{gone}x dst/x{gone}");
        await new TestCopier().CopyAsync(space["src"], space["dst"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal($"{living}\n", space.Bash("ls -A dst/inner"));
        Assert.Equal(new[] { ".mtcopy-note", living, $"{gone}x", "inner", $"x{gone}" }.Order(StringComparer.Ordinal), space.Bash("ls -A dst").Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Leftover_of_another_machine_or_container_stays_while_it_is_young()
    {
        using var space = new Workspace();
        byte[] token = RunToken.Encode(0x3FFFFF, 1);
        // Its last character is of where the process runs.
        token[^1] = token[^1] == (byte)'0' ? (byte)'1' : (byte)'0';
        string foreign = Name(token);
        space.Bash($"mkdir -p src/inner dst/inner; touch dst/{foreign} dst/inner/{foreign}");
        await new TestCopier().CopyAsync(space["src"], space["dst"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal($"{foreign}\ninner\ninner/{foreign}\n", space.Bash("cd dst; find . -mindepth 1 -printf '%P\\n' | sort"));
    }

    private static string Name(byte[] token) => System.Text.Encoding.ASCII.GetString(TemporaryName.Make(token, 5)).TrimEnd('\0');

    private static IEnumerable<string> Temporary(Workspace space) =>
        Directory.Exists(space["dst/inner"]) ? Directory.EnumerateFiles(space["dst/inner"], ".mtcopy-*") : [];
}
