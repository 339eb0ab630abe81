using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Multitasking.Diagnostics;
using Multitasking.Invocation;
using Multitasking.Invocation.Calls;

namespace Multitasking.Pools.Flow;

/// <summary>
/// One call of a map: takes items from the source, keeps a bounded number of chunks under way, and hands on what has been worked off. After
/// the first failure nothing more is taken from the source; what is under way is finished and handed on, then the failure is thrown.
/// </summary>
/// <param name="pool">The pool.</param>
/// <param name="target">What is called with each item.</param>
/// <param name="source">The items.</param>
/// <param name="inOrder">Whether results are wanted in the order of the items.</param>
/// <param name="onReaders">Whether all of it runs on reader threads: nobody's code but the source's is called.</param>
/// <param name="cancellationToken">Cancels the map.</param>
internal sealed class MapFlow<TCall, TItem, TResult>(
    PoolEngine pool, Delegate target, ItemSource<TItem> source, bool inOrder, bool onReaders, CancellationToken cancellationToken)
    where TCall : struct, ICall<TCall, TResult>, IItemCall<TCall, TItem>
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly ChunkPlanner _planner = new(pool.Options);
    private readonly Signal _signal = new(onReaders);

    // In order: the chunks as they were taken. Otherwise: those that have been worked off, as that happens.
    private readonly Queue<MapBatch<TCall, TItem, TResult>> _batches = new();
    private readonly LinkedList<MapBatch<TCall, TItem, TResult>> _given = new();
    private MapBatch<TCall, TItem, TResult>? _front;
    private Activity? _trace;
    private Exception? _refusal;
    private int _underWay;
    private long _taken;
    private Exception? _failure;
    private long _failedAt = long.MaxValue;

    /// <summary>Where the results of a source of known length go, by their index.</summary>
    internal TResult[]? Results { get; init; }

    /// <summary>What the target captured, as it was when the map began.</summary>
    internal ICaptured? Captured { get; private set; }

    /// <summary>Tells whether nobody waits for single results.</summary>
    internal bool Gathers { get; init; }

    /// <summary>The chunks that have been worked off. Throws the failure when all others have been handed on.</summary>
    internal async IAsyncEnumerable<MapBatch<TCall, TItem, TResult>> BatchesAsync()
    {
        var registration = Begin();
        try
        {
            while (HasMore(out var batch))
                if (batch is null)
                    await _signal;
                else
                    yield return batch;
        }
        finally
        {
            await EndAsync(registration).ConfigureAwait(false);
        }
        ThrowFailure();
    }

    /// <summary>Hands the chunks on as they have been worked off; ends as <see cref="BatchesAsync"/> does.</summary>
    /// <remarks>
    /// One method that waits for the signal alone. Who awaits a task or an enumerator that ends between his look and his wait goes on in
    /// the shared thread pool, where all threads may be blocked by callers of this very map.
    /// </remarks>
    /// <param name="take">What is done with each.</param>
    /// <param name="result">What the map comes to in the end.</param>
    internal async Task<T> GatherAsync<T>(Action<MapBatch<TCall, TItem, TResult>> take, Func<T> result)
    {
        var registration = Begin();
        try
        {
            while (HasMore(out var batch))
                if (batch is null)
                    await _signal;
                else
                    take(batch);
        }
        finally
        {
            await EndAsync(registration).ConfigureAwait(false);
        }
        ThrowFailure();
        return result();
    }

    /// <summary>Finds the next chunk that has been worked off, and feeds the pool while there is none.</summary>
    /// <param name="batch">The chunk; <see langword="null"/> while the signal has to be awaited.</param>
    /// <returns>Whether the map goes on.</returns>
    private bool HasMore(out MapBatch<TCall, TItem, TResult>? batch)
    {
        do
        {
            if (TryTakeOver(out batch))
            {
                Account(batch);
                return true;
            }
        }
        while (TryFeed());
        return _underWay > 0 || !IsFed;
    }

    private CancellationTokenRegistration Begin()
    {
        source.End = _end.Token;
        source.Grace = pool.Options.TerminationGrace;
        var current = Activity.Current;
        _trace = pool.Meter.StartTrace("Multitasking.Map", TargetInfo.Of(target).Name);
        Activity.Current = current;
        Capture();
        return _end.Token.UnsafeRegister(static flow => ((MapFlow<TCall, TItem, TResult>)flow!).OnCancelled(), this);
    }

    private async ValueTask EndAsync(CancellationTokenRegistration registration)
    {
        // What is still under way belongs to a caller who has gone, and a source that is on the way to its next item need not arrive.
        if (_underWay > 0 || source.HeedsEnd)
            await _end.CancelAsync().ConfigureAwait(false);
        await registration.DisposeAsync().ConfigureAwait(false);
        PoolMeter.EndTrace(_trace, _failure);
        Captured?.Dispose();
        await source.DisposeAsync().ConfigureAwait(false);
        _end.Dispose();
    }

    private void ThrowFailure()
    {
        // A target that captured the caller's token may have seen its cancellation before the pool did.
        if (_failure is OperationCanceledException or RemoteException { InnerException: OperationCanceledException })
            cancellationToken.ThrowIfCancellationRequested();
        if (_failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
    }

    private bool IsFed => source.IsExhausted || _failure is not null;

    /// <returns>Whether there may be more to do at once.</returns>
    private bool TryFeed()
    {
        if (_end.IsCancellationRequested)
            _failure ??= new OperationCanceledException(_end.Token);
        if (IsFed || _underWay >= _planner.Window)
            return false;
        var items = source.Read(_planner.Size(source.Left));
        if (items.Count > 0)
            Submit(items);
        if (source.Failure is { } failure)
            NoteFailure(failure, _taken);
        if (items.Count > 0 || source.IsExhausted)
            return true;
        source.RaiseWhenReady(_signal.Raise);
        return false;
    }

    /// <summary>
    /// Before the source is read, which may change what was captured. Without items nothing travels, and nothing is refused.
    /// </summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is thrown with the first item.")]
    private void Capture()
    {
        try
        {
            Captured = pool.Capture(target);
        }
        catch (Exception exception)
        {
            _refusal = exception;
        }
    }

    private void Submit(ArraySegment<TItem> items)
    {
        if (_refusal is not null)
        {
            NoteFailure(_refusal, _taken);
            return;
        }
        var results = Results is null
            ? new ArraySegment<TResult>(new TResult[items.Count])
            : new ArraySegment<TResult>(Results, (int)_taken, items.Count);
        var batch = new MapBatch<TCall, TItem, TResult>(target, items, results, _taken, pool.Intake, this, _end.Token);
        lock (_batches)
        {
            batch.Place = _given.AddLast(batch);
            _underWay++;
        }
        var current = Activity.Current;
        try
        {
            // The workers take it for the parent of what they trace.
            if (_trace is not null)
                Activity.Current = _trace;
            pool.Submit(batch);
        }
        catch (Exception exception)
        {
            lock (_batches)
            {
                _given.Remove(batch.Place);
                _underWay--;
            }
            NoteFailure(exception, _taken);
            return;
        }
        finally
        {
            if (_trace is not null)
                Activity.Current = current;
            _taken += items.Count;
        }
        if (inOrder)
            _batches.Enqueue(batch);
    }

    internal void OnOver(MapBatch<TCall, TItem, TResult> batch)
    {
        bool isWanted;
        lock (_batches)
        {
            _given.Remove(batch.Place!);
            if (!inOrder)
                _batches.Enqueue(batch);
            // To be woken costs more than a short chunk; who wants all results can wait until it is worth it.
            isWanted = !Gathers || _given.Count == 0 || _batches.Count >= _planner.Window / 2 || batch.Failure is not null;
        }
        if (isWanted)
            _signal.Raise();
    }

    internal void OnSplit(MapBatch<TCall, TItem, TResult> rest)
    {
        lock (_batches)
        {
            rest.Place = _given.AddLast(rest);
            _underWay++;
        }
    }

    private void OnCancelled()
    {
        MapBatch<TCall, TItem, TResult>[] given;
        lock (_batches)
            given = [.. _given];
        foreach (var batch in given)
            pool.Cancel(batch);
        _signal.Raise();
    }

    private bool TryTakeOver(out MapBatch<TCall, TItem, TResult> batch)
    {
        lock (_batches)
        {
            if (_front is not null ? !_front.IsOver : !_batches.TryPeek(out var next) || !next.IsOver)
            {
                batch = null!;
                return false;
            }
            batch = _front ?? _batches.Dequeue();
            // What was split off takes its place, in order; out of order it comes by itself.
            _front = inOrder ? batch.Rest : null;
            _underWay--;
            return true;
        }
    }

    private void Account(MapBatch<TCall, TItem, TResult> batch)
    {
        _planner.Learn(batch.Count, batch.RunTicks, batch.HeadTicks);
        if (batch.Failure is { } failure)
            NoteFailure(failure, batch.First + batch.SucceededCount);
    }

    /// <summary>Of several failures the first in the order of the source counts.</summary>
    private void NoteFailure(Exception failure, long index)
    {
        if (index >= _failedAt)
            return;
        _failure = failure;
        _failedAt = index;
    }
}
