using Multitasking.Copying.Interop;
using Multitasking.Copying.Workers;

namespace Multitasking.Copying;

/// <summary>
/// Copies whole folder trees with many workers at once. What comes out never depends on whether the destination exists, so the same
/// copy made twice completes the first one.
/// </summary>
/// <remarks>Safe for use from several threads; each call is a copy of its own.</remarks>
public sealed class FolderCopier
{
    private readonly CopyOptions _options;

    /// <summary>Prepares a copier.</summary>
    /// <param name="options">How to copy; <see langword="null"/> for the defaults.</param>
    /// <exception cref="PlatformNotSupportedException">Not 64-bit Linux.</exception>
    public FolderCopier(CopyOptions? options = null)
    {
        Platform.EnsureSupported();
        _options = options ?? new CopyOptions();
    }

    /// <summary>Copies one folder, file or symbolic link.</summary>
    /// <param name="source">What to copy. A slash behind it means nothing.</param>
    /// <param name="destination">
    /// What the copy is to be: a folder becomes exactly this one. With a slash behind it, or when a single file meets an existing
    /// folder, the copy goes into it under the source's name.
    /// </param>
    /// <param name="progress">Told about ten times a second, and once at the end; <see langword="null"/> for nobody.</param>
    /// <param name="cancellationToken">Ends all workers at once. What is complete stays; nothing half-written does.</param>
    /// <returns>What was done. Problems with single entries are in its <see cref="CopyResult.Errors"/>; they throw nothing here.</returns>
    /// <exception cref="CopyRefusedException">Nothing was begun: the source is missing, or it and the destination do not go together.</exception>
    /// <exception cref="OperationCanceledException">The copy was cancelled.</exception>
    /// <exception cref="IOException">Worker processes cannot be started here, or none survives. What is complete stays.</exception>
    public Task<CopyResult> CopyAsync(
        FilePath source,
        FilePath destination,
        IProgress<CopyProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        CopyAsync([source], destination, progress, cancellationToken);

    /// <summary>Copies several folders, files or links into one folder, each under its own name.</summary>
    /// <param name="sources">What to copy. A single one is copied as by the other overload.</param>
    /// <param name="destination">The folder that they go into; it is created if it does not exist.</param>
    /// <param name="progress">Told about ten times a second, and once at the end; <see langword="null"/> for nobody.</param>
    /// <param name="cancellationToken">Ends all workers at once. What is complete stays; nothing half-written does.</param>
    /// <returns>What was done. Problems with single entries are in its <see cref="CopyResult.Errors"/>; they throw nothing here.</returns>
    /// <exception cref="ArgumentException">There is no source, or a path is empty.</exception>
    /// <exception cref="CopyRefusedException">Nothing was begun: a source is missing, or it and the destination do not go together.</exception>
    /// <exception cref="OperationCanceledException">The copy was cancelled.</exception>
    /// <exception cref="IOException">Worker processes cannot be started here, or none survives. What is complete stays.</exception>
    public Task<CopyResult> CopyAsync(
        IReadOnlyList<FilePath> sources,
        FilePath destination,
        IProgress<CopyProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (sources.Count == 0)
            throw new ArgumentException("There is nothing to copy: name at least one source.", nameof(sources));
        if (sources.Any(source => source.IsEmpty))
            throw new ArgumentException("An empty path names nothing.", nameof(sources));
        if (destination.IsEmpty)
            throw new ArgumentException("An empty path names nothing.", nameof(destination));

        // A thread of its own, because it waits; a copy must not take one from the pool for hours.
        return Task.Factory.StartNew(
            () => CopyRun.Execute(_options, [.. sources], destination, progress, cancellationToken),
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);
    }
}
