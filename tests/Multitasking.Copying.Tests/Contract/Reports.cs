using System.Collections.Concurrent;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>What a copy tells while it runs.</summary>
public abstract partial class FolderCopierContract
{
    [Fact]
    public async Task Progress_only_grows_and_ends_complete()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a; for i in $(seq 500); do echo $i > src/a/$i; done; head -c 300M /dev/zero | tr '\\0' x > src/film; ln -s x src/link; mkfifo src/fifo; truncate -s 1M src/hole");
        var progress = new RecordedProgress();
        CopyResult result = await Copier().CopyAsync(space["src"], space["dst"], progress, TestContext.Current.CancellationToken);
        CopyProgress last = progress.Reports[^1];
        Assert.Equal((504L, 504L, true, 1L), (last.FilesDone, last.FilesFound, last.IsTotalKnown, last.ErrorCount));
        Assert.Equal(TimeSpan.Zero, last.TimeLeft);
        long bytes = long.Parse(space.Bash("find src -type f -printf '%s\\n' | paste -sd+ | bc"));
        Assert.Equal((bytes, bytes), (last.BytesDone, last.BytesFound));
        foreach ((CopyProgress before, CopyProgress after) in progress.Reports.Zip(progress.Reports.Skip(1)))
        {
            Assert.True(before.FilesDone <= after.FilesDone && before.BytesDone <= after.BytesDone && before.Elapsed <= after.Elapsed, $"{before} {after}");
            Assert.True(before.FilesFound <= after.FilesFound && before.BytesFound <= after.BytesFound && before.ErrorCount <= after.ErrorCount, $"{before} {after}");
            Assert.True(after.FilesDone <= after.FilesFound && after.BytesDone <= after.BytesFound && after.BytesPerSecond >= 0, $"{after}");
        }

        Assert.True(result.Elapsed >= last.Elapsed);
    }

    [Fact]
    public async Task Progress_is_reported_once_when_there_is_nothing_to_do()
    {
        using var space = new Workspace();
        space.Bash("mkdir src");
        var progress = new RecordedProgress();
        await Copier().CopyAsync(space["src"], space["dst"], progress, TestContext.Current.CancellationToken);
        Assert.Equal((0L, 0L, true), (progress.Reports[^1].FilesDone, progress.Reports[^1].BytesFound, progress.Reports[^1].IsTotalKnown));
    }

    [Fact]
    public async Task Exception_of_the_progress_ends_the_copy_and_its_workers()
    {
        using var space = new Workspace();
        MakeFilm(space);
        var progress = new ThrowingProgress(() => WaitForTemporary(space, Task.Delay(-1, TestContext.Current.CancellationToken)));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => Copier().CopyAsync(space["src"], space["dst"], progress, TestContext.Current.CancellationToken));
        Workspace.AssertNoChild();
        // The one file may have been whole by the time that the exception was seen; there is nothing else.
        Assert.Equal("", space.Bash("(ls -A dst | grep -vx film || true); test ! -e dst/film || cmp src/film dst/film"));
    }

    [Fact]
    public async Task Error_is_told_once_and_one_at_a_time()
    {
        using var space = new Workspace();
        space.Bash("for d in $(seq 10); do mkdir -p src/$d; for i in $(seq 10); do mkfifo src/$d/$i; done; done");
        var told = new ConcurrentQueue<CopyError>();
        int inside = 0;
        CopyResult result = await Copier(error =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            told.Enqueue(error);
            Thread.Yield();
            Interlocked.Decrement(ref inside);
        }).CopyAsync(space["src"], space["dst"], progress: null, TestContext.Current.CancellationToken);
        Assert.Equal(100, result.Errors.Count);
        Assert.Equal(result.Errors, told);
        Assert.Equal(100, told.Select(error => error.Path).Distinct().Count());
    }

    [Fact]
    public async Task Exception_of_the_error_handler_ends_the_copy()
    {
        using var space = new Workspace(inMemory: true);
        MakeManyFiles(space);
        space.Bash("for d in $(seq 40); do mkfifo src/$d/fifo; done");
        TestCopier copier = Copier(_ => throw new InvalidTimeZoneException("told"));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => copier.CopyAsync(space["src"], space["dst"], progress: null, TestContext.Current.CancellationToken));
        Workspace.AssertNoChild();
        space.AssertPartOf("dst", "src");
    }

    private sealed class RecordedProgress : IProgress<CopyProgress>
    {
        public List<CopyProgress> Reports { get; } = [];

        public void Report(CopyProgress value) => Reports.Add(value);
    }

    private sealed class ThrowingProgress(Action before) : IProgress<CopyProgress>
    {
        public void Report(CopyProgress value)
        {
            before();
            throw new InvalidTimeZoneException("reported");
        }
    }
}
