namespace Multitasking.Pools.Flow;

/// <summary>An asynchronous sequence; while its next item is awaited, results go on.</summary>
internal sealed class AsyncSource<T>(IAsyncEnumerable<T> source, CancellationToken cancellationToken) : ItemSource<T>
{
    private IAsyncEnumerator<T>? _items;
    private Task<bool>? _next;

    internal override ArraySegment<T> Read(int most)
    {
        var items = new List<T>(Math.Min(most, 16));
        long begun = Environment.TickCount64;
        try
        {
            _items ??= source.GetAsyncEnumerator(cancellationToken);
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
            signal();
        else
            _next.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(signal);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_items is null)
            return;
        // An iterator must not be disposed while it is on its way to its next item.
        if (_next is not null)
            await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _items.DisposeAsync().ConfigureAwait(false);
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
        }
        if (!_next.IsCompleted)
            return false;
        var ended = _next;
        _next = null;
        hasNext = ended.GetAwaiter().GetResult();
        return true;
    }
}
