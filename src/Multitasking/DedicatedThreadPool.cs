using Multitasking.Pools.InProcess;

namespace Multitasking;

/// <summary>
/// A pool on threads of its own, for work that blocks: .NET's shared pool grows slowly under it, and starves what else needs it.
/// </summary>
/// <remarks>
/// <para>The same calls as <see cref="ProcessPool"/>, without copies: targets work on the caller's own objects. <see cref="PoolOptions.Workers"/>, <see cref="PoolOptions.Initializer"/>,
/// <see cref="PoolOptions.MaxTasksPerWorker"/>, <see cref="PoolOptions.TaskTimeout"/>, <see cref="PoolOptions.IdleTimeout"/> and <see cref="PoolOptions.ChunkSize"/> mean the same;
/// <see cref="PoolOptions.MaxWorkerMemory"/> and <see cref="PoolOptions.Retries"/> have no meaning, for a thread has no memory of its own and is not lost. As with processes, what an <see cref="AsyncLocal{T}"/> holds
/// for the caller does not reach the target. The threads are background threads: they do not keep the process alive.</para>
/// <para><b>A thread cannot be ended.</b> A task that outlives its time limit, or does not give way to its cancellation, is abandoned: its caller gets the
/// <see cref="TaskTimeoutException"/> or the cancellation, another thread takes its place, and the abandoned one goes on until the target returns, which
/// <see cref="AbandonedThreads"/> counts. Use a <see cref="ProcessPool"/> where a task must really end.</para>
/// </remarks>
/// <example>
/// <code>
/// await using var pool = new DedicatedThreadPool(workers: 16);
/// string[] pages = await pool.MapAsync(urls, Download);
/// </code>
/// </example>
public sealed class DedicatedThreadPool : WorkerPool
{
    /// <summary>Makes a pool with as many threads as this process has processors.</summary>
    public DedicatedThreadPool() : this(new PoolOptions())
    {
    }

    /// <summary>Makes a pool with a number of threads.</summary>
    /// <param name="workers">How many tasks may run at the same time.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public DedicatedThreadPool(int workers) : this(new PoolOptions { Workers = workers })
    {
    }

    /// <summary>Makes a pool.</summary>
    /// <param name="options">How it works.</param>
    public DedicatedThreadPool(PoolOptions options) : base(new ThreadEngine(options))
    {
    }

    /// <summary>How many threads still run a task that was given up.</summary>
    public int AbandonedThreads => ((ThreadEngine)Engine).Abandoned;
}
