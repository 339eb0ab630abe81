using System.Diagnostics.CodeAnalysis;
using Multitasking.Invocation.Calls;
using Multitasking.Pools.Flow;

namespace Multitasking;

// Calls of one target for all items of a source.
public abstract partial class WorkerPool
{
    /// <summary>Calls a target for each item of a source, and brings back all results in the order of the items.</summary>
    /// <param name="source">The items; read on the way, as workers become free.</param>
    /// <param name="target">What is called with each of them.</param>
    /// <param name="cancellationToken">Cancels the whole of it.</param>
    /// <remarks>
    /// After the first call that fails nothing more is read from the source; what is under way is finished, then the failure that comes
    /// first in the order of the items is thrown. Its <see cref="MultitaskingException.ItemIndex"/> tells the item. Items may travel
    /// several at a time; a worker that is lost takes only the one that it was running with it. The source is read by one thread at a time,
    /// not always the same; what it throws is thrown after the results of the items before.
    /// </remarks>
    /// <exception cref="RemoteException">A call threw.</exception>
    /// <exception cref="WorkerLostException">
    /// A worker ended during a call, more often than <see cref="PoolOptions.Retries"/> allows.
    /// </exception>
    /// <exception cref="TaskTimeoutException">A call took longer than <see cref="PoolOptions.TaskTimeout"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the pool aborted.</exception>
    /// <exception cref="TargetNotSupportedException">The target or an item cannot travel.</exception>
    /// <exception cref="PoolBrokenException">No worker comes to life.</exception>
    /// <exception cref="ObjectDisposedException">The pool takes no further tasks.</exception>
    public Task<TResult[]> MapAsync<T, TResult>(IEnumerable<T> source, Func<T, TResult> target, CancellationToken cancellationToken = default) =>
        CollectAsync<FuncCall<T, TResult>, T, TResult>(Read(source), target, cancellationToken);

    /// <inheritdoc cref="MapAsync{T, TResult}(IEnumerable{T}, Func{T, TResult}, CancellationToken)"/>
    public Task<TResult[]> MapAsync<T, TResult>(IEnumerable<T> source, Func<T, Task<TResult>> target, CancellationToken cancellationToken = default) =>
        CollectAsync<AsyncFuncCall<T, TResult>, T, TResult>(Read(source), target, cancellationToken);

    /// <inheritdoc cref="MapAsync{T, TResult}(IEnumerable{T}, Func{T, TResult}, CancellationToken)"/>
    public Task<TResult[]> MapAsync<T, TResult>(IAsyncEnumerable<T> source, Func<T, TResult> target, CancellationToken cancellationToken = default) =>
        CollectAsync<FuncCall<T, TResult>, T, TResult>(Read(source), target, cancellationToken);

    /// <inheritdoc cref="MapAsync{T, TResult}(IEnumerable{T}, Func{T, TResult}, CancellationToken)"/>
    public Task<TResult[]> MapAsync<T, TResult>(IAsyncEnumerable<T> source, Func<T, Task<TResult>> target, CancellationToken cancellationToken = default) =>
        CollectAsync<AsyncFuncCall<T, TResult>, T, TResult>(Read(source), target, cancellationToken);

    /// <summary>
    /// Calls a target for each item of a source, and gives the results in the order of the items while the source is still being read.
    /// </summary>
    /// <remarks>
    /// The source may be endless, and memory stays flat: it is read only so far ahead that the workers are busy, and no further while
    /// nobody takes the results. Results that come before a failure are given, then the failure is thrown. Who stops enumerating cancels
    /// what is under way.
    /// </remarks>
    /// <inheritdoc cref="MapAsync{T, TResult}(IEnumerable{T}, Func{T, TResult}, CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapStreamAsync<T, TResult>(IEnumerable<T> source, Func<T, TResult> target, CancellationToken cancellationToken = default) =>
        StreamAsync<FuncCall<T, TResult>, T, TResult>(Read(source), Checked(target), inOrder: true, cancellationToken);

    /// <inheritdoc cref="MapStreamAsync{T, TResult}(IEnumerable{T}, Func{T, TResult}, CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapStreamAsync<T, TResult>(IEnumerable<T> source, Func<T, Task<TResult>> target, CancellationToken cancellationToken = default) =>
        StreamAsync<AsyncFuncCall<T, TResult>, T, TResult>(Read(source), Checked(target), inOrder: true, cancellationToken);

    /// <inheritdoc cref="MapStreamAsync{T, TResult}(IEnumerable{T}, Func{T, TResult}, CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapStreamAsync<T, TResult>(IAsyncEnumerable<T> source, Func<T, TResult> target, CancellationToken cancellationToken = default) =>
        StreamAsync<FuncCall<T, TResult>, T, TResult>(Read(source), Checked(target), inOrder: true, cancellationToken);

    /// <inheritdoc cref="MapStreamAsync{T, TResult}(IEnumerable{T}, Func{T, TResult}, CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapStreamAsync<T, TResult>(IAsyncEnumerable<T> source, Func<T, Task<TResult>> target, CancellationToken cancellationToken = default) =>
        StreamAsync<AsyncFuncCall<T, TResult>, T, TResult>(Read(source), Checked(target), inOrder: true, cancellationToken);

    /// <summary>Calls a target for each item of a source, and gives each result as soon as it is there, in no fixed order.</summary>
    /// <remarks>
    /// The source may be endless, and memory stays flat. After a failure nothing more is read; all results of what was under way are given
    /// before it is thrown. Who stops enumerating cancels what is under way.
    /// </remarks>
    /// <inheritdoc cref="MapAsync{T, TResult}(IEnumerable{T}, Func{T, TResult}, CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapAsCompletedAsync<T, TResult>(IEnumerable<T> source, Func<T, TResult> target, CancellationToken cancellationToken = default) =>
        StreamAsync<FuncCall<T, TResult>, T, TResult>(Read(source), Checked(target), inOrder: false, cancellationToken);

    /// <inheritdoc cref="MapAsCompletedAsync{T, TResult}(IEnumerable{T}, Func{T, TResult}, CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapAsCompletedAsync<T, TResult>(IEnumerable<T> source, Func<T, Task<TResult>> target, CancellationToken cancellationToken = default) =>
        StreamAsync<AsyncFuncCall<T, TResult>, T, TResult>(Read(source), Checked(target), inOrder: false, cancellationToken);

    /// <inheritdoc cref="MapAsCompletedAsync{T, TResult}(IEnumerable{T}, Func{T, TResult}, CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapAsCompletedAsync<T, TResult>(IAsyncEnumerable<T> source, Func<T, TResult> target, CancellationToken cancellationToken = default) =>
        StreamAsync<FuncCall<T, TResult>, T, TResult>(Read(source), Checked(target), inOrder: false, cancellationToken);

    /// <inheritdoc cref="MapAsCompletedAsync{T, TResult}(IEnumerable{T}, Func{T, TResult}, CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapAsCompletedAsync<T, TResult>(IAsyncEnumerable<T> source, Func<T, Task<TResult>> target, CancellationToken cancellationToken = default) =>
        StreamAsync<AsyncFuncCall<T, TResult>, T, TResult>(Read(source), Checked(target), inOrder: false, cancellationToken);

    /// <summary>Calls a target for each item of a source; completes when all calls have ended.</summary>
    /// <inheritdoc cref="MapAsync{T, TResult}(IEnumerable{T}, Func{T, TResult}, CancellationToken)"/>
    public Task ForEachAsync<T>(IEnumerable<T> source, Action<T> target, CancellationToken cancellationToken = default) =>
        RunAllAsync<ActionCall<T>, T>(Read(source), target, cancellationToken);

    /// <inheritdoc cref="ForEachAsync{T}(IEnumerable{T}, Action{T}, CancellationToken)"/>
    public Task ForEachAsync<T>(IEnumerable<T> source, Func<T, Task> target, CancellationToken cancellationToken = default) =>
        RunAllAsync<AsyncActionCall<T>, T>(Read(source), target, cancellationToken);

    /// <inheritdoc cref="ForEachAsync{T}(IEnumerable{T}, Action{T}, CancellationToken)"/>
    public Task ForEachAsync<T>(IAsyncEnumerable<T> source, Action<T> target, CancellationToken cancellationToken = default) =>
        RunAllAsync<ActionCall<T>, T>(Read(source), target, cancellationToken);

    /// <inheritdoc cref="ForEachAsync{T}(IEnumerable{T}, Action{T}, CancellationToken)"/>
    public Task ForEachAsync<T>(IAsyncEnumerable<T> source, Func<T, Task> target, CancellationToken cancellationToken = default) =>
        RunAllAsync<AsyncActionCall<T>, T>(Read(source), target, cancellationToken);

    // Opened by each enumeration of the results, of which there may be several.
    private static Func<ItemSource<T>> Read<T>(IEnumerable<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return () => ItemSource<T>.Of(source);
    }

    private static Func<ItemSource<T>> Read<T>(IAsyncEnumerable<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return () => new AsyncSource<T>(source);
    }

    private static Delegate Checked(Delegate target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target;
    }

    private Task<TResult[]> CollectAsync<TCall, T, TResult>(Func<ItemSource<T>> read, Delegate target, CancellationToken cancellationToken)
        where TCall : struct, ICall<TCall, TResult>, IItemCall<TCall, T>
    {
        ArgumentNullException.ThrowIfNull(target);
        return OffReaders(CollectCheckedAsync<TCall, T, TResult>(read, target, cancellationToken));
    }

    private Task<TResult[]> CollectCheckedAsync<TCall, T, TResult>(Func<ItemSource<T>> read, Delegate target, CancellationToken cancellationToken)
        where TCall : struct, ICall<TCall, TResult>, IItemCall<TCall, T>
    {
        if (!TryRead(read, out var source, out var failure))
            return Task.FromException<TResult[]>(failure);
        // A source that knows its length may be wrong; an array cannot.
        var known = source is ArraySource<T> ? new TResult[source.Left!.Value] : null;
        var flow = new MapFlow<TCall, T, TResult>(Engine, target, source, inOrder: known is null, Engine.MapsOnReaders, cancellationToken)
        {
            Results = known,
            Gathers = known is not null,
        };
        if (known is not null)
            return flow.GatherAsync(static _ => { }, () => known);
        var results = new List<TResult>();
        return flow.GatherAsync(batch => results.AddRange(batch.Succeeded), results.ToArray);
    }

    /// <summary>Begins to read a source, whose enumerator is its owner's code and may throw.</summary>
    private static bool TryRead<T>(Func<ItemSource<T>> read, [NotNullWhen(true)] out ItemSource<T>? source, [NotNullWhen(false)] out Exception? failure)
    {
        try
        {
            (source, failure) = (read(), null);
            return true;
        }
        catch (Exception exception)
        {
            (source, failure) = (null, exception);
            return false;
        }
    }

    private async IAsyncEnumerable<TResult> StreamAsync<TCall, T, TResult>(
        Func<ItemSource<T>> read, Delegate target, bool inOrder, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        where TCall : struct, ICall<TCall, TResult>, IItemCall<TCall, T>
    {
        var flow = new MapFlow<TCall, T, TResult>(Engine, target, read(), inOrder, onReaders: false, cancellationToken);
        bool hasGap = false;
        await foreach (var batch in flow.BatchesAsync().ConfigureAwait(false))
        {
            // The flow throws the failure when all that is under way has been taken.
            if (hasGap)
                continue;
            foreach (var result in batch.Succeeded)
                yield return result;
            hasGap = inOrder && batch.Failure is not null;
            if (hasGap)
                continue;
            foreach (var result in batch.SucceededLater)
                yield return result;
        }
    }

    private Task<Nothing> RunAllAsync<TCall, T>(Func<ItemSource<T>> read, Delegate target, CancellationToken cancellationToken)
        where TCall : struct, ICall<TCall, Nothing>, IItemCall<TCall, T>
    {
        ArgumentNullException.ThrowIfNull(target);
        return OffReaders(RunAllCheckedAsync<TCall, T>(read, target, cancellationToken));
    }

    private Task<Nothing> RunAllCheckedAsync<TCall, T>(Func<ItemSource<T>> read, Delegate target, CancellationToken cancellationToken)
        where TCall : struct, ICall<TCall, Nothing>, IItemCall<TCall, T>
    {
        if (!TryRead(read, out var source, out var failure))
            return Task.FromException<Nothing>(failure);
        var flow = new MapFlow<TCall, T, Nothing>(Engine, target, source, inOrder: false, Engine.MapsOnReaders, cancellationToken) { Gathers = true };
        return flow.GatherAsync(static _ => { }, static () => default(Nothing));
    }

    /// <summary>Has what follows the end of a map, which is its caller's code, go on in the shared thread pool.</summary>
    private static Task<T> OffReaders<T>(Task<T> map)
    {
        if (map.IsCompleted)
            return map;
        var end = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        map.ContinueWith(end.SetFromTask, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return end.Task;
    }
}
