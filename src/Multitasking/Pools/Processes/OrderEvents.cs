using Multitasking.Children;

namespace Multitasking.Pools.Processes;

/// <summary>
/// What happens to an order whose answers may call code of the user: on the thread pool, in the order of arrival. Reports are handed on beside, and what comes after a report waits until it
/// was taken, unless the order is being ended: a <see cref="IProgress{T}"/> that does not return must not keep a call from its end.
/// </summary>
internal sealed class OrderEvents : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private readonly Queue<(long Behind, Action Action)> _waiting = new();
    private readonly SerialQueue _reports = new();
    private long _reportsMade;
    private long _reportsTaken;
    private bool _isRunning;
    private bool _hurries;

    /// <summary>Hands on a report; it must not throw.</summary>
    internal void Report(Action report)
    {
        lock (_lock)
            _reportsMade++;
        _reports.Post(() =>
        {
            report();
            lock (_lock)
                _reportsTaken++;
            ((IThreadPoolWorkItem)this).Execute();
        });
    }

    /// <summary>Does something behind all that came before.</summary>
    internal void Do(Action action)
    {
        lock (_lock)
            _waiting.Enqueue((_reportsMade, action));
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Waits for no report any more.</summary>
    internal void Hurry()
    {
        lock (_lock)
            _hurries = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (TryTake(out var action))
        {
            action();
            lock (_lock)
                _isRunning = false;
        }
    }

    private bool TryTake(out Action action)
    {
        action = static () => { };
        lock (_lock)
        {
            // Who runs one looks for the next afterwards.
            if (_isRunning || !_waiting.TryPeek(out var next) || (!_hurries && next.Behind > _reportsTaken))
                return false;
            _isRunning = true;
            action = _waiting.Dequeue().Action;
            return true;
        }
    }
}
