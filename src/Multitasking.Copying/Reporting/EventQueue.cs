namespace Multitasking.Copying.Reporting;

/// <summary>
/// Events on their way from the workers to one asynchronous reader. Workers are threads of their own and wait, when the reader falls behind.
/// </summary>
internal sealed class EventQueue : IDisposable
{
    private const int Capacity = 4096;

    private readonly object _lock = new();
    private readonly Queue<CopyEvent> _events = new();
    private readonly SemaphoreSlim _available = new(0);
    private bool _isComplete;
    private bool _isAbandoned;

    /// <summary>Adds an event; waits while there are too many. What nobody will read is dropped.</summary>
    internal void Add(CopyEvent happened)
    {
        lock (_lock)
        {
            while (_events.Count >= Capacity && !_isAbandoned)
                Monitor.Wait(_lock);
            if (_isAbandoned)
                return;
            _events.Enqueue(happened);
            if (_events.Count == 1)
                _available.Release();
        }
    }

    /// <summary>Runs what adds the events, and ends them when it ends.</summary>
    internal T CompleteWith<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        finally
        {
            lock (_lock)
            {
                _isComplete = true;
                _available.Release();
            }
        }
    }

    /// <summary>The reader leaves: nobody waits for it any more.</summary>
    internal void Abandon()
    {
        lock (_lock)
        {
            _isAbandoned = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>All events, as they come.</summary>
    internal async IAsyncEnumerable<CopyEvent> ReadAllAsync()
    {
        while (true)
        {
            await _available.WaitAsync().ConfigureAwait(false);
            CopyEvent[] batch;
            bool isLast;
            lock (_lock)
            {
                batch = [.. _events];
                _events.Clear();
                isLast = _isComplete;
                Monitor.PulseAll(_lock);
            }

            foreach (CopyEvent happened in batch)
                yield return happened;
            if (isLast)
                yield break;
        }
    }

    public void Dispose() => _available.Dispose();
}
