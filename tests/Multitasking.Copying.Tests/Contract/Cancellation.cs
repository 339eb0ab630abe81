using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>A cancellation ends everything, and leaves what is complete.</summary>
public abstract partial class FolderCopierContract
{
    [Fact]
    public async Task Cancellation_among_small_files_leaves_whole_files_alone()
    {
        using var space = new Workspace(inMemory: true);
        MakeManyFiles(space);
        using var cancellation = new CancellationTokenSource();
        Task<CopyResult> copy = FolderCopier.CopyAsync(space["src"], space["dst"], Plain with { BytesPerSecond = 10_000 }, progress: null, cancellation.Token);
        Until.True(() => copy.IsCompleted || HasFile(space["dst"]), () => "nothing is copied");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy);
        Workspace.AssertNoChild();
        space.AssertPartOf("dst", "src");
        await CopyAndCompareAsync(space);
    }

    [Fact]
    public async Task Cancellation_in_the_middle_of_a_large_file_leaves_nothing_of_it()
    {
        using var space = new Workspace();
        MakeFilm(space);
        using var cancellation = new CancellationTokenSource();
        Task<CopyResult> copy = Copier().CopyAsync(space["src"], space["dst"], progress: null, cancellation.Token);
        WaitForTemporary(space, copy);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy);
        Workspace.AssertNoChild();
        Assert.Equal("", space.Bash("ls -A dst"));
    }

    [Fact]
    public async Task Copy_does_nothing_when_it_was_cancelled_before()
    {
        using var space = new Workspace();
        space.Bash("mkdir src");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Copier().CopyAsync(space["src"], space["dst"], progress: null, new CancellationToken(canceled: true)));
        Assert.False(Directory.Exists(space["dst"]));
    }

    /// <summary>8000 files of some bytes: at 10 KB a second they take three seconds.</summary>
    private static void MakeManyFiles(Workspace space) => space.Bash("for d in $(seq 40); do mkdir -p src/$d; seq 200 | split -l 1 -a 3 - src/$d/; done");

    private static bool HasFile(string folder) =>
        Directory.Exists(folder)
        && Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
            .Any(static name => !Path.GetFileName(name).StartsWith('.'));
}
