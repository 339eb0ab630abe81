namespace Multitasking.Copying.Tests.Support;

/// <summary>Options that are used for several copies.</summary>
internal sealed class TestCopier(CopyOptions? options = null)
{
    /// <summary>What listens to problems, and lets the rest go on.</summary>
    internal static Func<CopyError, CopyErrorAction> Skipping(Action<CopyError> listener) => error =>
    {
        listener(error);
        return CopyErrorAction.Skip;
    };

    internal Task<CopyResult> CopyAsync(FilePath source, FilePath destination, IProgress<CopyProgress>? progress = null, CancellationToken cancellationToken = default) =>
        FolderCopier.CopyAsync(source, destination, options, progress, cancellationToken);

    internal Task<CopyResult> CopyAsync(IReadOnlyList<FilePath> sources, FilePath destination, IProgress<CopyProgress>? progress = null, CancellationToken cancellationToken = default) =>
        FolderCopier.CopyAsync(sources, destination, options, progress, cancellationToken);
}
