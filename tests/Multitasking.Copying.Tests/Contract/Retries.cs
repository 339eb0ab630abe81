using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Trying again, without end.</summary>
public abstract partial class FolderCopierContract
{
    [Theory]
    [InlineData("mkdir -p src/x dst; echo 1 > src/x/a; echo y > dst/x")]
    [InlineData("mkdir -p src dst/x; echo 1 > src/x")]
    public async Task Cancellation_ends_a_copy_that_tries_again_for_ever(string make)
    {
        using var space = new Workspace();
        space.Bash(make);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        int asked = 0;
        var options = new CopyOptions
        {
            Isolation = Isolation,
            Workers = 2,
            RetryWait = TimeSpan.Zero,
            OnError = error =>
            {
                if (++asked == 3)
                    cancellation.Cancel();
                return CopyErrorAction.Retry;
            },
        };
        Task<CopyResult> copy = FolderCopier.CopyAsync(space["src"], space["dst"], options, progress: null, cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy.WaitAsync(Shell.Limit, TestContext.Current.CancellationToken));
        Assert.InRange(asked, 3, 1000);
    }

    [Fact]
    public async Task First_name_that_vanishes_before_it_is_tried_again_lets_the_next_name_be_copied()
    {
        using var space = new Workspace();
        // The first name that is met has a folder in its place; the second attempt does not find it any more.
        space.Bash("mkdir -p src dst; echo 1 > src/a; ln src/a src/b; ln src/a src/c; mkdir dst/a dst/b");
        string? gone = null;
        var options = new CopyOptions
        {
            Isolation = Isolation,
            Workers = 1,
            RetryWait = TimeSpan.Zero,
            Preserve = CopyPreserve.Default | CopyPreserve.HardLinks,
            OnError = error =>
            {
                if (gone is not null)
                    return CopyErrorAction.Skip;
                gone = Path.GetFileName(error.Path.ToText());
                space.Bash($"rm src/{gone}");
                return CopyErrorAction.Retry;
            },
        };
        Task<CopyResult> copy = FolderCopier.CopyAsync(space["src"], space["dst"], options, progress: null, TestContext.Current.CancellationToken);
        CopyResult result = await copy.WaitAsync(Shell.Limit, TestContext.Current.CancellationToken);
        Assert.Contains(result.Errors, error => Path.GetFileName(error.Path.ToText()) == gone);
        Assert.Equal("1\n", space.Bash("cat dst/c"));
    }

    [Fact]
    public async Task Limit_of_speed_is_kept_and_used_where_the_kernel_does_not_copy()
    {
        using var space = new Workspace(inMemory: true);
        space.Bash("mkdir src; head -c 3000000 /dev/zero | tr '\\0' x > src/film");
        var options = new CopyOptions { Isolation = Isolation, Workers = 1, BytesPerSecond = 3_000_000, Reflink = ReflinkUse.Never };
        CopyResult result = await FolderCopier.CopyAsync(space["src"], space["dst"], options, progress: null, TestContext.Current.CancellationToken);
        // Paid for piece by piece, it took a minute.
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Worker_whose_parent_takes_its_time_has_not_stalled()
    {
        Needs.Engine(Isolation == WorkerIsolation.Processes, "threads are not watched");
        using var space = new Workspace(inMemory: true);
        space.Bash("mkdir -p src dst/a; echo 1 > src/a; head -c 300000 /dev/zero | tr '\\0' x > src/slow");
        var options = new CopyOptions
        {
            Isolation = Isolation,
            Workers = 1,
            BytesPerSecond = 150_000,
            StallTimeout = TimeSpan.FromSeconds(1),
            OnError = error =>
            {
                Thread.Sleep(1500);
                return CopyErrorAction.Skip;
            },
        };
        CopyResult result = await FolderCopier.CopyAsync(space["src"], space["dst"], options, progress: null, TestContext.Current.CancellationToken);
        Assert.Equal((0, 1L), (result.WorkersLost, result.FilesCopied));
        Assert.Equal(CopyErrorKind.DestinationConflict, Assert.Single(result.Errors).Kind);
    }
}
