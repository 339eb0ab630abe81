using System.Diagnostics;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>A copy waits where it was told to, and nowhere else.</summary>
public abstract partial class FolderCopierContract
{
    [Fact]
    public async Task Entry_is_tried_again_after_the_wait()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; mkfifo src/pipe; echo x > src/x");
        var wait = TimeSpan.FromMilliseconds(100);
        var options = new CopyOptions
        {
            Isolation = Isolation,
            Workers = 1,
            RetryWait = wait,
            OnError = error => error.Attempt < 3 ? CopyErrorAction.Retry : CopyErrorAction.Skip,
        };
        long start = Stopwatch.GetTimestamp();
        CopyResult result = await FolderCopier.CopyAsync(space["src"], space["dst"], options, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(3, Assert.Single(result.Errors).Attempt);
        Assert.True(Stopwatch.GetElapsedTime(start) >= 2 * wait);
        Assert.Equal("x\n", space.Bash("ls dst"));
    }

    [Fact]
    public async Task Wait_for_another_attempt_ends_with_a_cancellation()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; mkfifo src/pipe");
        using var cancellation = new CancellationTokenSource();
        var options = new CopyOptions
        {
            Isolation = Isolation,
            RetryWait = TimeSpan.FromHours(1),
            OnError = _ =>
            {
                cancellation.CancelAfter(TimeSpan.FromMilliseconds(50));
                return CopyErrorAction.Retry;
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FolderCopier.CopyAsync(space["src"], space["dst"], options, cancellationToken: cancellation.Token));
        Workspace.AssertNoChild();
    }

    [Fact]
    public async Task Problem_with_what_cannot_be_tried_again_is_kept_when_somebody_wants_to()
    {
        using var space = new Workspace();
        space.Bash("mkdir src dst; echo x > src/x; echo y > dst/y");
        var asked = new List<CopyError>();
        var options = new CopyOptions
        {
            Isolation = Isolation,
            Mirror = true,
            MaxDeletions = 0,
            OnError = error =>
            {
                asked.Add(error);
                return CopyErrorAction.Retry;
            },
        };
        CopyResult result = await FolderCopier.CopyAsync(space["src"], space["dst"], options, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(CopyErrorKind.LimitReached, Assert.Single(result.Errors).Kind);
        Assert.False(Assert.Single(asked).CanRetry);
    }

    [Fact]
    public async Task Limit_of_speed_is_not_spent_on_an_attempt_to_share_blocks()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; head -c 20M /dev/zero | tr '\\0' x > src/film");
        using var cancellation = new CancellationTokenSource();
        CancellationToken stop = cancellation.Token;
        var progress = new FirstBytes(cancellation);
        var options = new CopyOptions { Isolation = Isolation, BytesPerSecond = 1_000_000 };
        long start = Stopwatch.GetTimestamp();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FolderCopier.CopyAsync(space["src"], space["dst"], options, progress, stop));

        // The whole file takes twenty seconds, its first piece a part of one.
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), "nothing was copied for long");
        Workspace.AssertNoChild();
    }

    private sealed class FirstBytes(CancellationTokenSource cancellation) : IProgress<CopyProgress>
    {
        public void Report(CopyProgress value)
        {
            if (value.BytesDone > 0)
                cancellation.Cancel();
        }
    }
}
