using System.Diagnostics;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Pauses, and a limit of speed.</summary>
public abstract partial class FolderCopierContract
{
    [Fact]
    public async Task Nothing_is_written_while_a_copy_is_paused_and_it_goes_on_afterwards()
    {
        using var space = new Workspace(inMemory: true);
        space.Bash("for d in $(seq 5); do mkdir -p src/$d; for i in $(seq 100); do seq 20 > src/$d/$i; done; done; head -c 700000 /dev/zero | tr '\\0' x > src/large");
        using var pause = new CopyPause();
        Task<CopyResult> copy = CopyWithAsync(space, "src", "dst", new CopyOptions { Pause = pause, BytesPerSecond = 800_000 });
        Until.True(() => copy.IsCompleted || HasFile(space["dst"]), () => "nothing is copied");
        pause.Pause();
        Assert.True(pause.IsPaused);
        // What was begun may still be finished.
        string before = "";
        Until.True(() => before == (before = space.Inodes("dst")), () => "it never stands still");
        await Task.Delay(700, TestContext.Current.CancellationToken);
        Assert.Equal(before, space.Inodes("dst"));
        Assert.False(copy.IsCompleted);
        pause.Resume();
        Assert.Empty((await copy).Errors);
        space.AssertSame("src", "dst");
    }

    [Fact]
    public async Task Cancellation_ends_a_copy_that_is_paused()
    {
        using var space = new Workspace(inMemory: true);
        space.Bash("mkdir src; for i in $(seq 100); do echo $i > src/$i; done");
        using var pause = new CopyPause();
        pause.Pause();
        using var cancellation = new CancellationTokenSource();
        Task<CopyResult> copy = FolderCopier.CopyAsync(space["src"], space["dst"], new CopyOptions { Isolation = Isolation, Pause = pause }, cancellationToken: cancellation.Token);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy.WaitAsync(Shell.Limit, TestContext.Current.CancellationToken));
        Workspace.AssertNoChild();
        Assert.Equal("", space.Bash("find dst -type f"));
    }

    [Theory]
    [InlineData("for i in $(seq 40); do head -c 25000 /dev/urandom > src/$i; done")]
    [InlineData("head -c 1000000 /dev/urandom > src/large")]
    public async Task All_workers_together_are_no_faster_than_allowed(string make)
    {
        using var space = new Workspace(inMemory: true);
        space.Bash($"mkdir src; {make}");
        long start = Stopwatch.GetTimestamp();
        CopyResult result = await CopyWithAsync(space, "src", "dst", new CopyOptions { Workers = 4, BytesPerSecond = 1_250_000 });
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        Assert.Empty(result.Errors);
        // 0.8 s, less what may be ahead.
        Assert.True(elapsed > TimeSpan.FromSeconds(0.7), $"{elapsed}");
        space.AssertSame("src", "dst");
    }
}
