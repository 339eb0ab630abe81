using System.Runtime.CompilerServices;
using Multitasking.Readers;

namespace Multitasking.Pools.Flow;

/// <summary>Lets one waiter sleep until it is raised; a signal raised before the wait is not lost.</summary>
/// <param name="onReaders">Whether the waiter goes on on a reader thread rather than on one of the shared thread pool.</param>
internal sealed class Signal(bool onReaders) : ICriticalNotifyCompletion
{
    private readonly Lock _lock = new();
    private Action? _waiter;
    private bool _isRaised;

    public bool IsCompleted
    {
        get
        {
            lock (_lock)
                return _isRaised;
        }
    }

    internal void Raise()
    {
        Action? waiter;
        lock (_lock)
        {
            waiter = _waiter;
            _waiter = null;
            _isRaised = true;
        }
        if (waiter is not null)
            Resume(waiter);
    }

    internal Signal GetAwaiter() => this;

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation)
    {
        lock (_lock)
            if (!_isRaised)
            {
                _waiter = continuation;
                return;
            }
        Resume(continuation);
    }

    /// <summary>Ends the wait.</summary>
    public void GetResult()
    {
        lock (_lock)
            _isRaised = false;
    }

    private void Resume(Action waiter)
    {
        if (onReaders)
            ReaderThreads.Run(waiter);
        else
            ThreadPool.UnsafeQueueUserWorkItem(static waiter => waiter(), waiter, preferLocal: false);
    }
}
