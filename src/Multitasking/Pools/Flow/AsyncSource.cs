namespace Multitasking.Pools.Flow;

/// <summary>An asynchronous sequence; while its next item is awaited, results go on.</summary>
internal sealed class AsyncSource<T>(IAsyncEnumerable<T> source) : ItemSource<T>
{
    private IAsyncEnumerator<T>? _items;
    private Task<bool>? _next;
    private bool _isAwaited;

    internal override bool HeedsEnd => true;

    internal override ArraySegment<T> Read(int most)
    {
        var items = new List<T>(Math.Min(most, 16));
        long begun = Environment.TickCount64;
        try
        {
            _items ??= source.GetAsyncEnumerator(End);
            while (items.Count < most && (items.Count == 0 || !IsLate(begun)))
            {
                if (!TryMoveNext(out bool hasNext))
                    break;
                if (!hasNext)
                {
                    IsExhausted = true;
                    break;
                }
                items.Add(_items.Current);
            }
        }
        catch (Exception exception)
        {
            Failure = exception;
            IsExhausted = true;
        }
        return items.ToArray();
    }

    internal override void RaiseWhenReady(Action signal)
    {
        if (_next is null)
        {
            signal();
            return;
        }
        // Asked again after each result that comes meanwhile, and the next item may be long in coming.
        if (_isAwaited)
            return;
        _isAwaited = true;
        _next.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(signal);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_items is null)
            return;
        // An iterator must not be disposed while it is on its way to its next item.
        if (_next is { IsCompleted: false })
        {
            await ((Task)_next.WaitAsync(Grace)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_next.IsCompleted)
            {
                _ = DisposeLaterAsync(_next, _items);
                return;
            }
        }
        await _items.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A source that does not look at its token would hold up the end of the map until its next item comes, if ever.</summary>
    private static async Task DisposeLaterAsync(Task next, IAsyncEnumerator<T> items)
    {
        await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await items.DisposeAsync().ConfigureAwait(false);
    }

    /// <returns>Whether it is known if there is a next item.</returns>
    private bool TryMoveNext(out bool hasNext)
    {
        hasNext = false;
        if (_next is null)
        {
            var next = _items!.MoveNextAsync();
            if (next.IsCompleted)
            {
                hasNext = next.Result;
                return true;
            }
            _next = next.AsTask();
            _isAwaited = false;
        }
        if (!_next.IsCompleted)
            return false;
        var ended = _next;
        _next = null;
        hasNext = ended.GetAwaiter().GetResult();
        return true;
    }
}
