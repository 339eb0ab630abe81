namespace Multitasking.Pools.Flow;

/// <summary>Any sequence, read on the thread of the one who wants the results.</summary>
internal sealed class SequenceSource<T>(IEnumerable<T> source) : ItemSource<T>
{
    private long? _left = source.TryGetNonEnumeratedCount(out int count) ? count : null;
    private IEnumerator<T>? _items;

    internal override long? Left => _left;

    internal override ArraySegment<T> Read(int most)
    {
        var items = new List<T>(Math.Min(most, 16));
        long begun = Environment.TickCount64;
        try
        {
            _items ??= source.GetEnumerator();
            while (items.Count < most && (items.Count == 0 || !IsLate(begun)))
            {
                if (!_items.MoveNext())
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
        if (_left is { } left)
            _left = Math.Max(0, left - items.Count);
        return items.ToArray();
    }

    public override ValueTask DisposeAsync()
    {
        _items?.Dispose();
        return default;
    }
}
