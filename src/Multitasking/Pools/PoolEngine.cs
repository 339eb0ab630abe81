using Multitasking.Diagnostics;

namespace Multitasking.Pools;

/// <summary>
/// What runs a pool's tasks. It does not know the public object that stands for it, so that a pool that was forgotten can be noticed.
/// </summary>
internal abstract class PoolEngine
{
    private static int s_count;

    protected PoolEngine(PoolOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        Name = options.Name ?? $"pool-{Interlocked.Increment(ref s_count)}";
        Meter = new PoolMeter(Name, () => WorkersAlive);
        Meter.Register();
        Intake = new Intake(Name, Meter);
    }

    internal string Name { get; }

    internal PoolOptions Options { get; }

    internal Intake Intake { get; }

    internal PoolMeter Meter { get; }

    internal abstract int WorkersAlive { get; }

    /// <summary>What is wrong with the pool's workers, in words; <see langword="null"/> when nothing is.</summary>
    internal abstract string? Trouble { get; }

    /// <summary>Tells whether the caller is a task that this pool runs in this process.</summary>
    internal virtual bool IsInOwnTask => false;

    /// <summary>
    /// Tells whether a map goes on on reader threads: its tasks run on none of this process' shared threads, so it shall wait for none
    /// either.
    /// </summary>
    internal virtual bool MapsOnReaders => true;

    /// <summary>Takes a task.</summary>
    /// <exception cref="ObjectDisposedException">The pool takes none any more.</exception>
    /// <exception cref="TargetNotSupportedException">Something in it cannot travel.</exception>
    internal void Submit(PoolTask task)
    {
        Intake.Enter(task.Count);
        task.NoteSubmitted();
        task.CancelThrough(this);
        try
        {
            Accept(task);
        }
        catch
        {
            task.Reject();
            throw;
        }
    }

    /// <summary>Writes down what the target of a map captured; <see langword="null"/> where it is used as it is, or is nothing.</summary>
    /// <exception cref="TargetNotSupportedException">Something in it cannot travel.</exception>
    internal virtual ICaptured? Capture(Delegate target) => null;

    /// <summary>Its token was cancelled: ends the task, waiting or running.</summary>
    internal abstract void Cancel(PoolTask task);

    /// <summary>Cancels all tasks and ends the workers at once. The door is closed already.</summary>
    internal abstract void Abort();

    /// <summary>Ends the workers; no task is left, and the door is closed.</summary>
    internal abstract Task EndAsync();

    /// <summary>Nobody holds the pool any more: finishes what was accepted, then ends the workers.</summary>
    internal void Forget()
    {
        Intake.Close();
        _ = EndWhenDrainedAsync();
    }

    /// <summary>Runs a task that has been counted, now or later.</summary>
    /// <exception cref="TargetNotSupportedException">Something in it cannot travel.</exception>
    protected abstract void Accept(PoolTask task);

    private async Task EndWhenDrainedAsync()
    {
        await Intake.Drained.ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
    }
}
