using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Multitasking.Invocation.Calls;

namespace Multitasking.Pools.Flow;

/// <summary>
/// One call of a map: takes items from the source, keeps a bounded number of chunks under way, and hands on what has been worked off. After the first
/// failure nothing more is taken from the source; what is under way is finished and handed on, then the failure is thrown.
/// </summary>
internal sealed class MapFlow<TCall, TItem, TResult>(PoolEngine pool, Delegate target, ItemSource<TItem> source, bool inOrder, CancellationToken cancellationToken)
    where TCall : struct, ICall<TCall, TResult>, IItemCall<TCall, TItem>
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly ChunkPlanner _planner = new(pool.Options.Workers, pool.Options.ChunkSize);
    private readonly Signal _signal = new();

    // In order: the chunks as they were taken. Otherwise: those that have been worked off, as that happens.
    private readonly Queue<MapBatch<TCall, TItem, TResult>> _batches = new();
    private MapBatch<TCall, TItem, TResult>? _front;
    private int _underWay;
    private long _taken;
    private Exception? _failure;
    private long _failedAt = long.MaxValue;

    /// <summary>Where the results of a source of known length go, by their index.</summary>
    internal TResult[]? Results { get; init; }

    /// <summary>How many items were taken from the source.</summary>
    internal long Taken => _taken;

    /// <summary>The chunks that have been worked off. Throws the failure when all others have been handed on.</summary>
    internal async IAsyncEnumerable<MapBatch<TCall, TItem, TResult>> BatchesAsync([EnumeratorCancellation] CancellationToken token = default)
    {
        using var registration = token.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end);
        try
        {
            while (true)
            {
                while (TryTakeOver(out var batch))
                {
                    Account(batch);
                    yield return batch;
                }
                if (!TryFeed())
                {
                    if (_underWay == 0 && IsFed)
                        break;
                    await _signal.WaitAsync().ConfigureAwait(false);
                }
            }
        }
        finally
        {
            // Whatever is still under way belongs to a caller who has gone.
            if (_underWay > 0)
                await _end.CancelAsync().ConfigureAwait(false);
            _end.Dispose();
            await source.DisposeAsync().ConfigureAwait(false);
        }
        if (_failure is OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            token.ThrowIfCancellationRequested();
        }
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

    private void Submit(ArraySegment<TItem> items)
    {
        var results = Results is null
            ? new ArraySegment<TResult>(new TResult[items.Count])
            : new ArraySegment<TResult>(Results, (int)_taken, items.Count);
        var batch = new MapBatch<TCall, TItem, TResult>(target, items, results, _taken, pool.Intake, OnOver, _end.Token);
        try
        {
            pool.Submit(batch);
        }
        catch (Exception exception)
        {
            NoteFailure(exception, _taken);
            return;
        }
        finally
        {
            _taken += items.Count;
        }
        _underWay++;
        if (inOrder)
            _batches.Enqueue(batch);
    }

    private void OnOver(MapBatch<TCall, TItem, TResult> batch)
    {
        if (!inOrder)
            lock (_batches)
                _batches.Enqueue(batch);
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
            _front = null;
        }
        // What was split off takes its place, in order; out of order it comes by itself.
        if (batch.Rest is not { } rest)
            _underWay--;
        else if (inOrder)
            _front = rest;
        return true;
    }

    private void Account(MapBatch<TCall, TItem, TResult> batch)
    {
        _planner.Learn(batch.Count, batch.RunTicks);
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
