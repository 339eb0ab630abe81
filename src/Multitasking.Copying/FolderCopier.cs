using System.Runtime.CompilerServices;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Reporting;
using Multitasking.Copying.Workers;

namespace Multitasking.Copying;

/// <summary>
/// Copies whole folder trees with many workers at once. What comes out never depends on whether the destination exists, so the same
/// copy made twice completes the first one.
/// </summary>
/// <remarks>
/// Safe for use from several threads; each call is a copy of its own. Problems with single entries are in <see cref="CopyResult.Errors"/> and throw nothing. Linux, 64 bits;
/// elsewhere every method throws <see cref="PlatformNotSupportedException"/>.
/// </remarks>
public static class FolderCopier
{
    /// <summary>Copies one folder, file or symbolic link.</summary>
    /// <param name="source">What to copy. A slash behind it means nothing.</param>
    /// <param name="destination">
    /// What the copy is to be: a folder becomes exactly this one. With a slash behind it, or when a single file meets an existing
    /// folder, the copy goes into it under the source's name.
    /// </param>
    /// <param name="options">How to copy; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told about ten times a second, and once at the end; <see langword="null"/> for nobody.</param>
    /// <param name="cancellationToken">Ends all workers at once. What is complete stays; nothing half-written does.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException">A path is empty, or options contradict each other.</exception>
    /// <exception cref="CopyRefusedException">Nothing was begun: the source is missing, or it and the destination do not go together.</exception>
    /// <exception cref="OperationCanceledException">The copy was cancelled.</exception>
    /// <exception cref="IOException">Worker processes cannot be started here, or none survives. What is complete stays.</exception>
    public static Task<CopyResult> CopyAsync(
        FilePath source,
        FilePath destination,
        CopyOptions? options = null,
        IProgress<CopyProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        CopyAsync([source], destination, options, progress, cancellationToken);

    /// <summary>Copies several folders, files or links into one folder, each under its own name.</summary>
    /// <param name="sources">What to copy. A single one is copied as by the other overload.</param>
    /// <param name="destination">The folder that they go into; it is created if it does not exist.</param>
    /// <param name="options">How to copy; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told about ten times a second, and once at the end; <see langword="null"/> for nobody.</param>
    /// <param name="cancellationToken">Ends all workers at once. What is complete stays; nothing half-written does.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException">There is no source, a path is empty, or options contradict each other.</exception>
    /// <exception cref="CopyRefusedException">Nothing was begun: a source is missing, or it and the destination do not go together.</exception>
    /// <exception cref="OperationCanceledException">The copy was cancelled.</exception>
    /// <exception cref="IOException">Worker processes cannot be started here, or none survives. What is complete stays.</exception>
    public static Task<CopyResult> CopyAsync(
        IReadOnlyList<FilePath> sources,
        FilePath destination,
        CopyOptions? options = null,
        IProgress<CopyProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        CopyRun run = Prepare(sources, destination, options);

        // A thread of its own, because it waits; a copy must not take one from the pool for hours.
        return Task.Factory.StartNew(
            () => run.Execute(progress, events: null, cancellationToken),
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);
    }

    /// <summary>Copies one folder, file or symbolic link, and returns when that is done. The calling thread only waits: the workers are others.</summary>
    /// <inheritdoc cref="CopyAsync(FilePath, FilePath, CopyOptions?, IProgress{CopyProgress}?, CancellationToken)"/>
    public static CopyResult Copy(
        FilePath source,
        FilePath destination,
        CopyOptions? options = null,
        IProgress<CopyProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Copy([source], destination, options, progress, cancellationToken);

    /// <summary>Copies several folders, files or links into one folder, and returns when that is done. The calling thread only waits: the workers are others.</summary>
    /// <inheritdoc cref="CopyAsync(IReadOnlyList{FilePath}, FilePath, CopyOptions?, IProgress{CopyProgress}?, CancellationToken)"/>
    public static CopyResult Copy(
        IReadOnlyList<FilePath> sources,
        FilePath destination,
        CopyOptions? options = null,
        IProgress<CopyProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Prepare(sources, destination, options).Execute(progress, events: null, cancellationToken);

    /// <summary>Copies, and tells what happens to each entry as it happens.</summary>
    /// <param name="sources">What to copy; see <see cref="CopyAsync(IReadOnlyList{FilePath}, FilePath, CopyOptions?, IProgress{CopyProgress}?, CancellationToken)"/>.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="options">How to copy; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told about ten times a second, and once at the end; <see langword="null"/> for nobody.</param>
    /// <param name="cancellationToken">Ends all workers at once.</param>
    /// <returns>
    /// The events; the copy begins with the first one asked for. The last is <see cref="CopyEventKind.Finished"/> with the result. Workers wait for a reader that falls more than some thousand
    /// events behind; one that leaves early cancels the copy. Throws while it is read what the other methods throw.
    /// </returns>
    /// <exception cref="ArgumentException">There is no source, a path is empty, or options contradict each other.</exception>
    public static IAsyncEnumerable<CopyEvent> CopyEventsAsync(
        IReadOnlyList<FilePath> sources,
        FilePath destination,
        CopyOptions? options = null,
        IProgress<CopyProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        ReadEventsAsync(Prepare(sources, destination, options), progress, cancellationToken);

    private static async IAsyncEnumerable<CopyEvent> ReadEventsAsync(CopyRun run, IProgress<CopyProgress>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var events = new EventQueue();
        Task<CopyResult> copy = Task.Factory.StartNew(
            () => events.CompleteWith(() => run.Execute(progress, events, left.Token)),
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);
        try
        {
            await foreach (CopyEvent happened in events.ReadAllAsync().ConfigureAwait(false))
                yield return happened;
        }
        finally
        {
            await left.CancelAsync().ConfigureAwait(false);
            events.Abandon();
            // Waits for the workers to end; what went wrong is thrown below, to a reader that is still there.
            await ((Task)copy).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        yield return new CopyEvent { Kind = CopyEventKind.Finished, Result = await copy.ConfigureAwait(false) };
    }

    private static CopyRun Prepare(IReadOnlyList<FilePath> sources, FilePath destination, CopyOptions? options)
    {
        Platform.EnsureSupported();
        ArgumentNullException.ThrowIfNull(sources);
        if (sources.Count == 0)
            throw new ArgumentException("There is nothing to copy: name at least one source.", nameof(sources));
        if (sources.Any(source => source.IsEmpty))
            throw new ArgumentException("An empty path names nothing.", nameof(sources));
        if (destination.IsEmpty)
            throw new ArgumentException("An empty path names nothing.", nameof(destination));
        return new CopyRun(options ?? new CopyOptions(), [.. sources], destination);
    }
}
