using System.Collections.Concurrent;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>What a copy tells of each entry, and who decides about problems.</summary>
public abstract partial class FolderCopierContract
{
    [Fact]
    public async Task Each_entry_has_one_event_and_the_end_is_the_last()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a/b src/c; for i in $(seq 600); do echo $i > src/a/b/$i; done; ln -s x src/c/link; mkfifo src/c/fifo; head -c 300000 /dev/zero > src/large");
        List<CopyEvent> events = await EventsAsync(space, new CopyOptions());
        string[] paths = [.. events.SkipLast(1).Select(happened => happened.Path.ToText()).Order(StringComparer.Ordinal)];
        Assert.Equal(space.Bash($"find {space.Folder}/src").Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), paths);
        ILookup<CopyEventKind, CopyEvent> kinds = events.ToLookup(happened => happened.Kind);
        Assert.Equal((601, 4, 1, 1, 1), (kinds[CopyEventKind.FileCopied].Count(), kinds[CopyEventKind.FolderCreated].Count(), kinds[CopyEventKind.LinkCopied].Count(), kinds[CopyEventKind.Failed].Count(), kinds[CopyEventKind.Finished].Count()));
        Assert.Equal(CopyErrorKind.UnsupportedType, kinds[CopyEventKind.Failed].Single().Error!.Kind);
        Assert.Equal(events[^1].Result!.BytesCopied, events.Sum(happened => happened.Bytes));
        Assert.Equal(601, events[^1].Result!.FilesCopied);

        events = await EventsAsync(space, new CopyOptions());
        Assert.Equal(602, events.Count(happened => happened.Kind == CopyEventKind.Unchanged));
    }

    [Fact]
    public async Task Reader_of_events_who_leaves_early_ends_the_copy()
    {
        using var space = new Workspace(inMemory: true);
        MakeManyFiles(space);
        await foreach (CopyEvent happened in FolderCopier.CopyEventsAsync([space["src"]], space["dst"], new CopyOptions { Isolation = Isolation, Workers = 2, BytesPerSecond = 10_000 }, cancellationToken: TestContext.Current.CancellationToken))
            if (happened.Kind == CopyEventKind.FileCopied)
                break;
        Workspace.AssertNoChild();
        space.AssertPartOf("dst", "src");
        Assert.True(int.Parse(space.Bash("find dst -type f | wc -l")) < 8000);
    }

    [Fact]
    public async Task Refusal_is_thrown_to_the_reader_of_events()
    {
        using var space = new Workspace();
        await Assert.ThrowsAsync<CopyRefusedException>(async () =>
        {
            await foreach (CopyEvent _ in FolderCopier.CopyEventsAsync([space["missing"]], space["dst"], new CopyOptions { Isolation = Isolation }, cancellationToken: TestContext.Current.CancellationToken))
                Assert.Fail("Nothing can happen.");
        });
    }

    [Fact]
    public async Task Entry_is_tried_again_as_often_as_is_decided()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a; mkfifo src/a/mended src/a/broken; echo x > src/a/x");
        var attempts = new ConcurrentQueue<(string Name, int Attempt)>();
        CopyResult result = await CopyWithAsync(space, "src", "dst", new CopyOptions
        {
            OnError = error =>
            {
                string name = Path.GetFileName(error.Path.ToText());
                attempts.Enqueue((name, error.Attempt));
                if (name == "mended")
                    File.Delete(space["src/a/mended"]);
                if (name == "mended" && error.Attempt == 2)
                    File.WriteAllText(space["src/a/mended"], "mended");
                return error.Attempt < 4 ? CopyErrorAction.Retry : CopyErrorAction.Skip;
            },
        });
        CopyError left = Assert.Single(result.Errors);
        Assert.Equal(((FilePath)space["src/a/broken"], 4), (left.Path, left.Attempt));
        Assert.Equal([("broken", 1), ("broken", 2), ("broken", 3), ("broken", 4), ("mended", 1), ("mended", 2)], attempts.Order());
        Assert.Equal("mended", space.Bash("cat dst/a/mended"));
        Assert.Equal(2, result.FilesCopied);
    }

    [Fact]
    public async Task Folder_is_tried_again_as_often_as_is_decided()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a/b dst; echo x > src/a/b/x; echo in the way > dst/a");
        int attempts = 0;
        CopyResult result = await CopyWithAsync(space, "src", "dst", new CopyOptions
        {
            OnError = error =>
            {
                attempts++;
                if (error.Attempt == 2)
                    File.Delete(space["dst/a"]);
                return CopyErrorAction.Retry;
            },
        });
        Assert.Empty(result.Errors);
        Assert.Equal(2, attempts);
        space.AssertSame("src", "dst");
    }

    [Fact]
    public async Task Nothing_new_is_begun_after_it_was_decided_to_stop()
    {
        using var space = new Workspace(inMemory: true);
        MakeManyFiles(space);
        space.Bash("for d in $(seq 40); do mkfifo src/$d/fifo; done");
        CopyResult result = await CopyWithAsync(space, "src", "dst", new CopyOptions { BytesPerSecond = 10_000, OnError = _ => CopyErrorAction.Stop });
        Assert.True(result.IsStopped && !result.IsComplete);
        Assert.InRange(result.Errors.Count, 1, 4);
        Assert.True(result.FilesCopied < 8000, $"{result.FilesCopied} files");
        Assert.Throws<CopyFailedException>(result.ThrowIfFailed);
        Workspace.AssertNoChild();
        space.AssertPartOf("dst", "src");
    }
}
