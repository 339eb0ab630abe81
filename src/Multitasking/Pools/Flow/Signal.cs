namespace Multitasking.Pools.Flow;

/// <summary>Lets one waiter sleep until it is raised; a signal raised before the wait is not lost.</summary>
internal sealed class Signal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _waiter;
    private bool _isRaised;

    internal void Raise()
    {
        TaskCompletionSource? waiter;
        lock (_lock)
        {
            waiter = _waiter;
            _waiter = null;
            _isRaised = waiter is null;
        }
        waiter?.SetResult();
    }

    internal Task WaitAsync()
    {
        lock (_lock)
        {
            if (_isRaised)
            {
                _isRaised = false;
                return Task.CompletedTask;
            }
            return (_waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
