namespace Multitasking.Objects;

/// <summary>
/// Whose turn it is to use the object: one piece of code at a time, in the order in which they came. What follows an await of an asynchronous member comes here too, as to the thread of a user interface.
/// </summary>
internal sealed class Turns : SynchronizationContext
{
    private readonly Lock _lock = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _waiting = [];
    private bool _isTaken;

    /// <summary>Takes the turn if nobody has it or waits for it.</summary>
    internal bool TryEnter()
    {
        lock (_lock)
            return !_isTaken && (_isTaken = true);
    }

    internal void Exit()
    {
        lock (_lock)
        {
            _isTaken = _waiting.Count > 0;
            if (!_isTaken)
                return;
        }
        ThreadPool.UnsafeQueueUserWorkItem(static turns => turns.RunWaiting(), this, preferLocal: false);
    }

    /// <summary>Runs code of the object on this thread, which has the turn.</summary>
    internal void Run(SendOrPostCallback callback, object? state)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_lock)
        {
            _waiting.Enqueue((d, state));
            if (_isTaken)
                return;
            _isTaken = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(static turns => turns.RunWaiting(), this, preferLocal: false);
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Code that has the turn cannot wait for code that has not. Use Post.");

    public override SynchronizationContext CreateCopy() => this;

    private void RunWaiting()
    {
        while (true)
        {
            (SendOrPostCallback Callback, object? State) next;
            lock (_lock)
                if (!_waiting.TryDequeue(out next))
                {
                    _isTaken = false;
                    return;
                }
            Run(next.Callback, next.State);
        }
    }
}
