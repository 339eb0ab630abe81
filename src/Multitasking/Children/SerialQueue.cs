namespace Multitasking.Children;

/// <summary>Runs what is posted one after the other on the thread pool, so that a user's code never runs on the monitor's thread.</summary>
internal sealed class SerialQueue : IThreadPoolWorkItem
{
    private readonly Queue<Action> _actions = new();
    private bool _isRunning;

    internal void Post(Action action)
    {
        lock (_actions)
        {
            _actions.Enqueue(action);
            if (_isRunning)
                return;
            _isRunning = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (Next() is { } action)
            action();
    }

    private Action? Next()
    {
        lock (_actions)
        {
            _isRunning = _actions.TryDequeue(out var action);
            return action;
        }
    }
}
