using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>What a copy promises, whatever its workers are.</summary>
public abstract partial class FolderCopierContract
{
    protected abstract WorkerIsolation Isolation { get; }

    private Task<CopyResult> CopyAsync(Workspace space, string source, string destination) => CopyAsync([space[source]], space[destination]);

    private Task<CopyResult> CopyAsync(FilePath[] sources, FilePath destination) =>
        Copier().CopyAsync(sources, destination, progress: null, TestContext.Current.CancellationToken);

    private TestCopier Copier(Action<CopyError>? errorOccurred = null) =>
        new(new CopyOptions { Isolation = Isolation, Workers = 2, OnError = errorOccurred is null ? null : TestCopier.Skipping(errorOccurred) });

    /// <summary>Copies, and asserts that the copy is the source in everything that is promised.</summary>
    private async Task<CopyResult> CopyAndCompareAsync(Workspace space, string source = "src", string destination = "dst")
    {
        CopyResult result = await CopyAsync(space, source, destination);
        Assert.Empty(result.Errors);
        Assert.True(result.IsComplete);
        Assert.Equal(0, result.WorkersLost);
        space.AssertSame(source, destination);
        return result;
    }

    private async Task<CopyError> RefusedAsync(FilePath[] sources, FilePath destination) =>
        (await Assert.ThrowsAsync<CopyRefusedException>(() => CopyAsync(sources, destination))).Error;

    private Task<CopyError> RefusedAsync(Workspace space, string source, string destination) => RefusedAsync([space[source]], space[destination]);
}
