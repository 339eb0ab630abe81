using System.Runtime.InteropServices;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Worker processes that somebody kills.</summary>
public sealed partial class WorkerLossTests
{
    private const int KillSignal = 9;
    private const int StopSignal = 19;

    [Fact]
    public async Task Everything_is_copied_when_workers_are_killed_in_the_middle()
    {
        using var space = new Workspace(inMemory: true);
        space.Bash("for d in $(seq 20); do mkdir -p src/$d; seq 400 | split -l 1 -a 3 - src/$d/; done; head -c 150M /dev/zero | tr '\\0' x > src/film; chmod 4755 src/film");
        Task<CopyResult> copy = CopyAsync(space);
        // The third in a row with the same file would be the last that gets it.
        int killed = KillWhile(copy, mostKills: 2);
        CopyResult result = await copy;
        Assert.Empty(result.Errors);
        Assert.InRange(result.WorkersLost, 0, killed);
        space.AssertNoTemporary("dst");
        space.AssertSame("src", "dst");
        // A process that was killed behind its last answer was not lost.
        Assert.True(result.WorkersLost > 0, $"{killed} killed, none lost");
    }

    [Fact]
    public async Task Copy_ends_with_an_error_when_every_worker_is_killed_at_once()
    {
        using var space = new Workspace();
        using var pause = new CopyPause();
        space.Bash("mkdir src; echo 1 > src/one; echo 2 > src/two");
        Task<CopyResult> copy = CopyPausedAsync(space, pause);
        await KillAsync(copy, seen: []);
        CopyResult result = await copy;
        Assert.Equal(["one", "two"], result.Errors.Select(error => Path.GetFileName(error.Path.ToText())).Order(StringComparer.Ordinal));
        Assert.All(result.Errors, error => Assert.Equal(CopyErrorKind.WorkerLost, error.Kind));
        // Three with both, then three with each.
        Assert.Equal(9, result.WorkersLost);
        Assert.Equal("", space.Bash("ls -A dst"));
    }

    [Fact]
    public async Task Copy_is_given_up_when_no_worker_survives()
    {
        using var space = new Workspace();
        using var pause = new CopyPause();
        space.Bash("mkdir src; for i in $(seq 40); do echo $i > src/$i; done");
        Task<CopyResult> copy = CopyPausedAsync(space, pause);
        await KillAsync(copy, seen: []);
        IOException given = await Assert.ThrowsAsync<IOException>(() => copy);
        Assert.StartsWith("worker processes end as soon as they begin: ", given.Message, StringComparison.Ordinal);
        Assert.Equal("", space.Bash("find dst -type f"));
    }

    [Fact]
    public async Task Losses_are_counted_for_an_entry_alone_when_the_one_before_it_came_through()
    {
        using var space = new Workspace();
        using var pause = new CopyPause();
        // So slow that the second is not finished before the test has seen the first.
        space.Bash("mkdir src; head -c 20M /dev/zero | tr '\\0' x > src/one; cp -p src/one src/two");
        Task<CopyResult> copy = CopyPausedAsync(space, pause, bytesPerSecond: 10_000_000);
        // Three with both files, two with the first alone, which then comes through; then one with the second.
        HashSet<int> seen = [];
        await KillAsync(copy, seen, 5);
        Assert.NotNull(await NextAsync(copy, seen));
        pause.Resume();
        Until.True(() => copy.IsCompleted || File.Exists(space["dst/one"]) || File.Exists(space["dst/two"]), () => "none comes through");
        pause.Pause();
        await KillAsync(copy, seen, 1);
        pause.Resume();
        CopyResult result = await copy;
        Assert.Empty(result.Errors);
        Assert.Equal(6, result.WorkersLost);
        space.AssertSame("src", "dst");
    }

    [Fact]
    public async Task File_of_a_process_that_gets_no_further_is_done_by_another_one()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; for i in $(seq 20); do head -c 2000000 /dev/zero | tr '\\0' x > src/$i; done");
        // Longer than a process takes to start on a busy machine: that one is not stopped.
        Task<CopyResult> copy = CopyStalledAsync(space, stallTimeout: TimeSpan.FromSeconds(5));
        StopByTurn(copy, [true]);
        CopyResult result = await copy;
        Assert.Empty(result.Errors);
        Assert.Equal(1, result.WorkersLost);
        space.AssertNoTemporary("dst");
        space.AssertSame("src", "dst");
    }

    [Fact]
    public async Task File_that_three_processes_get_no_further_with_is_reported()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; head -c 100M /dev/zero | tr '\\0' x > src/film");
        Task<CopyResult> copy = CopyStalledAsync(space);
        StopByTurn(copy, Enumerable.Repeat(true, 100));
        CopyResult result = await copy;
        CopyError error = Assert.Single(result.Errors);
        Assert.Equal((CopyErrorKind.WorkerHung, (FilePath)space["src/film"]), (error.Kind, error.Path));
        Assert.Equal(3, result.WorkersLost);
        Assert.Equal("", space.Bash("ls -A dst"));
    }

    [Fact]
    public async Task Process_that_is_paused_is_not_one_that_gets_no_further()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; head -c 2M /dev/zero | tr '\\0' x > src/film");
        using var pause = new CopyPause();
        pause.Pause();
        // The pause lasts longer than the limit; and after it, the limit is longer than anything takes on a busy machine.
        var limit = TimeSpan.FromSeconds(2);
        Task<CopyResult> copy = CopyStalledAsync(space, pause, limit);
        await Task.Delay(limit * 1.5, TestContext.Current.CancellationToken);
        Assert.False(copy.IsCompleted);
        pause.Resume();
        CopyResult result = await copy;
        Assert.Equal((0, 0), (result.Errors.Count, result.WorkersLost));
        space.AssertSame("src", "dst");
    }

    private static Task<CopyResult> CopyStalledAsync(Workspace space, CopyPause? pause = null, TimeSpan? stallTimeout = null) => FolderCopier.CopyAsync(
        space["src"],
        space["dst"],
        new CopyOptions { Isolation = WorkerIsolation.Processes, Workers = 1, StallTimeout = stallTimeout ?? TimeSpan.FromMilliseconds(600), BytesPerSecond = 20_000_000, Pause = pause },
        cancellationToken: TestContext.Current.CancellationToken);

    private static Task<CopyResult> CopyAsync(Workspace space) =>
        new TestCopier(new CopyOptions { Isolation = WorkerIsolation.Processes, Workers = 2 })
            .CopyAsync(space["src"], space["dst"], progress: null, TestContext.Current.CancellationToken);

    /// <summary>Begins a copy by one worker at a time, which waits before its first file.</summary>
    private static Task<CopyResult> CopyPausedAsync(Workspace space, CopyPause pause, long bytesPerSecond = 0)
    {
        pause.Pause();
        return new TestCopier(new CopyOptions { Isolation = WorkerIsolation.Processes, Workers = 1, Pause = pause, BytesPerSecond = bytesPerSecond })
            .CopyAsync(space["src"], space["dst"], progress: null, TestContext.Current.CancellationToken);
    }

    /// <summary>Kills the next worker processes of a paused copy, each as it appears, so that none gets any further.</summary>
    private static async Task KillAsync(Task copy, HashSet<int> seen, int kills = int.MaxValue)
    {
        for (int killed = 0; killed < kills && await NextAsync(copy, seen) is { } worker; killed++)
            Assert.Equal(0, SystemKill(worker, KillSignal));
    }

    /// <summary>Waits for a worker process that was not seen before.</summary>
    /// <returns>It; null when the copy ends.</returns>
    private static async Task<int?> NextAsync(Task copy, HashSet<int> seen)
    {
        while (!copy.IsCompleted)
        {
            foreach (int child in OwnProcess.Children())
                if (OwnProcess.IsProgram(child) && seen.Add(child))
                    return child;
            await Task.WhenAny(copy, Task.Delay(1, CancellationToken.None));
        }

        return null;
    }

    /// <summary>Kills every child as it appears.</summary>
    private static int KillWhile(Task copy, int mostKills) => SignalByTurn(copy, Enumerable.Repeat(true, mostKills), KillSignal);

    private static void StopByTurn(Task copy, IEnumerable<bool> turns) => SignalByTurn(copy, turns, StopSignal);

    private static int SignalByTurn(Task copy, IEnumerable<bool> turns, int signal)
    {
        using IEnumerator<bool> turn = turns.GetEnumerator();
        var seen = new HashSet<int>();
        int killed = 0;
        while (!copy.IsCompleted)
        {
            // A child that is stopped before it has become a program of its own would stop its parent's thread too, which waits for that (vfork(2)).
            foreach (int child in OwnProcess.Children())
                if ((signal == KillSignal || OwnProcess.IsProgram(child)) && seen.Add(child) && turn.MoveNext() && turn.Current && SystemKill(child, signal) == 0)
                    killed++;
            Thread.Sleep(1);
        }

        return killed;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SystemKill(int target, int signal);
}
