namespace Multitasking;

/// <summary>How a pool works. Every value is checked where it is set.</summary>
/// <example>
/// <code>
/// await using var pool = new ProcessPool(new PoolOptions { Workers = 4, TaskTimeout = TimeSpan.FromSeconds(10), Retries = 2 });
/// </code>
/// </example>
public sealed record PoolOptions
{
    /// <summary>What the pool is called in messages, measurements and the names of its workers; by default <c>pool-1</c> and so on.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// How many tasks may run at the same time, each in a worker of its own; by default the number of processors that this process may use. Workers
    /// start when there is work for them, and a pool of processes keeps one more ready.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Workers
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Workers));
            field = value;
        }
    } = Environment.ProcessorCount;

    /// <summary>
    /// Runs once in each worker before its first task; <see langword="null"/>, the default, for nothing. Its captured variables travel as those of a task do, as they are when the pool is made.
    /// When it fails three times in a row without a worker coming to life, the pool is broken: see <see cref="PoolBrokenException"/>.
    /// </summary>
    public Action? Initializer { get; init; }

    /// <summary>After how many tasks a worker is replaced by a fresh one; <see langword="null"/>, the default, for never. Items of a map count one each; a worker that could not take the whole of its next chunk is replaced early.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? MaxTasksPerWorker
    {
        get;
        init => field = AtLeastOne(value, nameof(MaxTasksPerWorker));
    }

    /// <summary>
    /// How long one task may run, counted from the moment it begins to run; each item of a map is a task. <see langword="null"/>, the default, for as long as it
    /// takes. Off while a debugger is attached to this process.
    /// </summary>
    /// <remarks>A process is ended: asked first if the task holds a token, then SIGTERM, then SIGKILL. A thread cannot be ended; see <see cref="DedicatedThreadPool"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public TimeSpan? TaskTimeout
    {
        get;
        init => field = Limit(value, nameof(TaskTimeout));
    }

    /// <summary>After how long without work a worker ends; <see langword="null"/>, the default, for never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public TimeSpan? IdleTimeout
    {
        get;
        init => field = Limit(value, nameof(IdleTimeout));
    }

    /// <summary>
    /// How much memory (resident, in bytes) a worker process may hold between two tasks: one that holds more is replaced, and no task fails for it.
    /// <see langword="null"/>, the default, for no limit. What a running task takes is not limited by this. Without effect on threads.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public long? MaxWorkerMemory
    {
        get;
        init
        {
            if (value is { } bytes)
                ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1, nameof(MaxWorkerMemory));
            field = value;
        }
    }

    /// <summary>
    /// How many items of a map go to a worker at once; <see langword="null"/>, the default, to choose by measuring: one by one while tasks are long, more
    /// where handing over costs as much as the work.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? ChunkSize
    {
        get;
        init => field = AtLeastOne(value, nameof(ChunkSize));
    }

    /// <summary>
    /// How often a task is run again whose worker was lost while it ran; 0, the default, for never: it fails with a <see cref="WorkerLostException"/>.
    /// With retries a task runs <i>at least</i> once, so it has to bear being begun twice. Exceptions and time limits are not retried.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Retries
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Retries));
            field = value;
        }
    }

    /// <summary>How long each step of a task's end by request waits for the next: asking, SIGTERM, SIGKILL. The default is 500 ms.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public TimeSpan TerminationGrace
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(TerminationGrace));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMilliseconds(int.MaxValue), nameof(TerminationGrace));
            field = value;
        }
    } = TimeSpan.FromMilliseconds(500);

    private static int? AtLeastOne(int? value, string name)
    {
        if (value is { } count)
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, name);
        return value;
    }

    private static TimeSpan? Limit(TimeSpan? value, string name)
    {
        if (value is not { } limit || limit == Timeout.InfiniteTimeSpan)
            return null;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, TimeSpan.FromMilliseconds(int.MaxValue), name);
        return limit;
    }
}
