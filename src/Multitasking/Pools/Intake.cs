using Multitasking.Diagnostics;

namespace Multitasking.Pools;

/// <summary>Counts the tasks that a pool has accepted and not finished, and closes the door. Safe from several threads, without a lock.</summary>
internal sealed class Intake(string name, PoolMeter meter)
{
    // Above any count of tasks.
    private const long Closed = 1L << 62;

    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _state;
    private long _completed;

    internal long Pending => Volatile.Read(ref _state) & ~Closed;

    internal long Completed => Volatile.Read(ref _completed);

    internal bool IsClosed => (Volatile.Read(ref _state) & Closed) != 0;

    /// <summary>Completes when the door is closed and everything accepted has ended.</summary>
    internal Task Drained => _drained.Task;

    /// <exception cref="ObjectDisposedException">The door is closed.</exception>
    internal void Enter(int tasks)
    {
        if ((Interlocked.Add(ref _state, tasks) & Closed) == 0)
            return;
        Subtract(tasks);
        throw new ObjectDisposedException(name, $"{name} has been disposed or aborted and takes no further tasks.");
    }

    internal PoolMeter Meter { get; } = meter;

    /// <summary>Some tasks ended.</summary>
    internal void Leave(int tasks, TaskOutcome outcome)
    {
        Meter.OnEnded(tasks, outcome);
        Interlocked.Add(ref _completed, tasks);
        Subtract(tasks);
    }

    /// <summary>Some tasks were not accepted after all.</summary>
    internal void TakeBack(int tasks) => Subtract(tasks);

    internal void Close()
    {
        if (Interlocked.Or(ref _state, Closed) == 0)
            _drained.TrySetResult();
    }

    private void Subtract(int tasks)
    {
        if (Interlocked.Add(ref _state, -tasks) == Closed)
            _drained.TrySetResult();
    }
}
