namespace Multitasking.Readers;

/// <summary>Runs what is posted one after the other on reader threads.</summary>
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
        ReaderThreads.Run(this);
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
