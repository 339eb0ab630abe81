using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Filters in a run: which folders come to be, and what is told.</summary>
public abstract partial class FolderCopierContract
{
    private const string MakePhotos = """
        mkdir -p src/2025/raw src/2026/raw/deep src/empty src/notes; for d in 2025 2025/raw 2026/raw/deep; do echo x > src/$d/a.jpg; done
        echo x > src/notes/a.txt; echo x > src/a.txt; touch -d @1 src/2026/raw src/2026/raw/deep src/2025
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_folders_with_something_in_them_are_created_when_rules_include(bool isDryRun)
    {
        using var space = new Workspace();
        space.Bash(MakePhotos);
        var options = new CopyOptions { Isolation = Isolation, Workers = 2, DryRun = isDryRun, Filter = new CopyFilter { Rules = [CopyFilterRule.Include("*.jpg")] } };
        CopyResult result = await FolderCopier.CopyAsync(space["src"], space["dst"], options, progress: null, TestContext.Current.CancellationToken);
        Assert.Empty(result.Errors);
        Assert.Equal((3L, 6L, 2L), (result.FilesCopied, result.FoldersCreated, result.EntriesSkipped));
        if (isDryRun)
            space.Bash("test ! -e dst");
        else
            Assert.Equal("2025 2025/a.jpg 2025/raw 2025/raw/a.jpg 2026 2026/raw 2026/raw/deep 2026/raw/deep/a.jpg\n", space.Bash("cd dst; echo $(find . -mindepth 1 -printf '%P\\n' | sort); test $(stat -c %Y 2026/raw) = 1; test $(stat -c %Y 2026/raw/deep) = 1; test $(stat -c %Y 2025) = 1"));
    }

    [Fact]
    public async Task Listed_files_are_copied_with_the_folders_above_them_and_missing_ones_are_told()
    {
        using var space = new Workspace();
        space.Bash(MakePhotos);
        var options = new CopyOptions { Isolation = Isolation, Workers = 2, Filter = new CopyFilter { Files = new CopyFileList(["2026/raw/deep", "a.txt", "2025/none.jpg"]) } };
        CopyResult result = await FolderCopier.CopyAsync(space["src"], space["dst"], options, progress: null, TestContext.Current.CancellationToken);
        CopyError error = Assert.Single(result.Errors);
        Assert.Equal((CopyErrorKind.SourceMissing, "2025/none.jpg"), (error.Kind, error.Path.ToText()));
        Assert.Equal("2026 2026/raw 2026/raw/deep 2026/raw/deep/a.jpg a.txt\n", space.Bash("cd dst; echo $(find . -mindepth 1 -printf '%P\\n' | sort)"));
    }

    [Fact]
    public async Task Folders_that_no_rule_excludes_are_created_even_if_empty()
    {
        using var space = new Workspace();
        space.Bash(MakePhotos);
        var options = new CopyOptions { Isolation = Isolation, Workers = 2, Filter = new CopyFilter { Rules = [CopyFilterRule.Exclude("raw/"), CopyFilterRule.Exclude("/*.txt")], MaxDepth = 2 } };
        CopyResult result = await FolderCopier.CopyAsync(space["src"], space["dst"], options, progress: null, TestContext.Current.CancellationToken);
        Assert.Empty(result.Errors);
        Assert.Equal("2025 2025/a.jpg 2026 empty notes notes/a.txt\n", space.Bash("cd dst; echo $(find . -mindepth 1 -printf '%P\\n' | sort)"));
    }

    [Fact]
    public async Task Sizes_and_times_leave_files_out()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; head -c 10 /dev/zero > src/small; head -c 1000 /dev/zero > src/large; head -c 500 /dev/zero > src/old; touch -d 2001-01-01 src/old; head -c 500 /dev/zero > src/right");
        var filter = new CopyFilter { MinSize = 100, MaxSize = 900, NewerThan = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        var options = new CopyOptions { Isolation = Isolation, Workers = 2, Filter = filter };
        CopyResult result = await FolderCopier.CopyAsync(space["src"], space["dst"], options, progress: null, TestContext.Current.CancellationToken);
        Assert.Equal((1L, 3L), (result.FilesCopied, result.EntriesSkipped));
        Assert.Equal("right\n", space.Bash("ls dst"));
    }
}
