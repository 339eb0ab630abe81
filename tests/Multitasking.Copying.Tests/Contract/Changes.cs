using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>A source that changes while it is copied: what is under a final name is a whole file that was there.</summary>
public abstract partial class FolderCopierContract
{
    [Theory]
    [InlineData("truncate -s 1000 src/film")]
    [InlineData("echo more >> src/film")]
    [InlineData("touch src/film")]
    public async Task File_that_is_written_to_while_it_is_copied_is_reported_and_not_left(string change)
    {
        using var space = new Workspace();
        MakeFilm(space);
        Task<CopyResult> copy = CopyAsync(space, "src", "dst");
        WaitForTemporary(space, copy);
        space.Bash(change);
        CopyError error = Assert.Single((await copy).Errors);
        Assert.Equal((CopyErrorKind.SourceChanged, (FilePath)space["src/film"]), (error.Kind, error.Path));
        Assert.Equal("", space.Bash("ls -A dst"));
    }

    [Fact]
    public async Task File_that_is_removed_while_it_is_copied_is_complete()
    {
        using var space = new Workspace();
        MakeFilm(space);
        string sum = space.Bash("cksum < src/film");
        Task<CopyResult> copy = CopyAsync(space, "src", "dst");
        WaitForTemporary(space, copy);
        space.Bash("rm src/film");
        CopyResult result = await copy;
        Assert.Empty(result.Errors);
        Assert.Equal(sum, space.Bash("cksum < dst/film"));
    }

    [Fact]
    public async Task Tree_that_is_removed_and_replaced_while_it_is_copied_leaves_nothing_half_written()
    {
        using var space = new Workspace(inMemory: true);
        space.Bash("mkdir outside; echo secret > outside/7; for d in $(seq 40); do mkdir -p src/$d/deep; seq 200 | split -l 1 -a 2 - src/$d/deep/; done");
        Task<CopyResult> copy = CopyAsync(space, "src", "dst");
        Until.True(() => Directory.Exists(space["dst/1"]) || Directory.Exists(space["dst/40"]) || copy.IsCompleted, () => "nothing begins");
        space.Bash("for d in $(seq 40); do rm -r src/$d/deep; ln -s ../../outside src/$d/deep; rm -rf src/$d; echo $d > src/$d; done");
        CopyResult result = await copy;
        Assert.All(result.Errors, error => Assert.True(error.Kind is CopyErrorKind.SourceMissing or CopyErrorKind.SourceChanged, error.ToString()));
        space.AssertNoTemporary("dst");
        Assert.Equal("", space.Bash("find dst -name 7 -path '*deep*'"));
        // One line in every file of two letters: whole, or not there.
        Assert.Equal("", space.Bash("find dst -type f -name '[a-z][a-z]' -size 0"));
    }

    /// <summary>A file that takes so long that something can happen meanwhile; none of it is in a hole.</summary>
    private static void MakeFilm(Workspace space) => space.Bash("mkdir src; head -c 400M /dev/zero | tr '\\0' x > src/film; touch -d @1000000000 src/film");

    /// <summary>Waits until the one file is being written, or was.</summary>
    private static void WaitForTemporary(Workspace space, Task copy) => Until.True(
        () => copy.IsCompleted || File.Exists(space["dst/film"]) || (Directory.Exists(space["dst"]) && Directory.EnumerateFiles(space["dst"], ".mtcopy-*").Any(name => new FileInfo(name) is { Exists: true, Length: > 0 })),
        () => "nothing is written");
}
