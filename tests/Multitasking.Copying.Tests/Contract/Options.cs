using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Copies with options of their own.</summary>
public abstract partial class FolderCopierContract
{
    /// <summary>What everything else is made of with <c>with</c>.</summary>
    private CopyOptions Plain => new() { Isolation = Isolation, Workers = 2 };

    /// <summary>As <c>cp -a</c>.</summary>
    private CopyOptions Archive => Plain with { Preserve = CopyPreserve.All };

    private static Task<CopyResult> CopyAsync(Workspace space, CopyOptions options, string source = "src", string destination = "dst") =>
        FolderCopier.CopyAsync(space[source], space[destination], options, progress: null, TestContext.Current.CancellationToken);

    /// <summary>Copies, and asserts that the copy is the source in everything that is kept.</summary>
    private static async Task<CopyResult> CopyAndCompareAsync(Workspace space, CopyOptions options, string source = "src", string destination = "dst")
    {
        CopyResult result = await CopyAsync(space, options, source, destination);
        Assert.Empty(result.Errors);
        space.AssertNoTemporary(destination);
        space.AssertSame(source, destination, options.Preserve);
        return result;
    }

    /// <summary>A copy once more, which has nothing to do.</summary>
    private static async Task AssertNothingLeftAsync(Workspace space, CopyOptions options, string source = "src", string destination = "dst")
    {
        string inodes = space.Inodes(destination);
        CopyResult again = await CopyAsync(space, options, source, destination);
        Assert.Empty(again.Errors);
        Assert.Equal((0L, 0L, 0L, 0L, 0L), (again.FilesCopied, again.HardLinksMade, again.LinksCopied, again.SpecialsCreated, again.FoldersCreated));
        Assert.Equal(inodes, space.Inodes(destination));
    }

    private static string[] NamesOf(CopyResult result) => [.. result.Errors.Select(error => Path.GetFileName(error.Path.ToText())).Order(StringComparer.Ordinal)];
}
