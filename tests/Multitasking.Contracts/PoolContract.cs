namespace Multitasking.Contracts;

/// <summary>What every <see cref="WorkerPool"/> does, whatever its workers are.</summary>
/// <remarks>
/// Targets are static, methods of <see cref="Gate"/>, or capture only what travels, and tell by results and files what they did: they may run in another process.
/// </remarks>
public abstract partial class PoolContract : WorkerTest
{
    // Of one test, in milliseconds; far above what any takes.
    private const int Limit = 60_000;

    /// <summary>Whether calls run beside the caller, who goes on at once.</summary>
    protected abstract bool RunsElsewhere { get; }

    /// <summary>Whether synchronous targets run at the same time as others.</summary>
    protected abstract bool CanRunSeveral { get; }

    /// <summary>Whether a call that does not give way comes to an end for its caller.</summary>
    protected abstract bool CanEndTasks { get; }

    /// <summary>How many of many short races are tried.</summary>
    protected virtual int Races => Rounds.Of(10_000);

    /// <summary>How many pools are ended while they are used.</summary>
    protected virtual int EndRaces => Rounds.Of(1_000);

    /// <summary>Makes a pool, as its constructor does.</summary>
    protected abstract WorkerPool Create(PoolOptions options);

    /// <summary>Whether the system knows of workers of a pool of this name.</summary>
    protected abstract bool HasWorkers(string pool);

    /// <summary>A pool with this many workers that does not wait long for tasks to give way.</summary>
    protected WorkerPool CreateWith(int workers) => Create(new PoolOptions { Workers = workers, TerminationGrace = TimeSpan.FromMilliseconds(50) });
}
