using Multitasking.Pools.Processes;

namespace Multitasking;

/// <summary>
/// A pool of child processes: what runs there can loop, crash or leak without taking more with it than itself.
/// </summary>
/// <remarks>
/// <para>Workers start when there is work, stay warm, and one more than are busy is kept ready. Each has a private link to this process, which alone assigns work and knows what each worker
/// runs; workers share nothing, so that one may be killed at any instruction without harm to another.</para>
/// <para>A worker that dies fails exactly the task that it was running (<see cref="WorkerLostException"/>); what was queued behind it runs elsewhere. A task that is cancelled or
/// takes too long ends in bounded time, with its worker if need be.</para>
/// <para>Workers are daemons: they end with this process, however it ends. What a task left in static fields of its worker, the next task there finds.</para>
/// </remarks>
/// <example>
/// <code>
/// await using var pool = new ProcessPool(workers: 4);
/// await foreach (var thumbnail in pool.MapAsCompletedAsync(videos, MakeThumbnail))
///     Show(thumbnail);
/// </code>
/// </example>
public sealed class ProcessPool : WorkerPool
{
    private static readonly Lazy<ProcessPool> s_shared = new(static () => new ProcessPool(new PoolOptions { Name = "shared pool", IdleTimeout = TimeSpan.FromMinutes(1) }));

    /// <summary>Makes a pool with as many processes as this process has processors.</summary>
    /// <exception cref="PlatformNotSupportedException">Not Linux.</exception>
    public ProcessPool() : this(new PoolOptions())
    {
    }

    /// <summary>Makes a pool with a number of processes.</summary>
    /// <param name="workers">How many tasks may run at the same time.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    /// <exception cref="PlatformNotSupportedException">Not Linux.</exception>
    public ProcessPool(int workers) : this(new PoolOptions { Workers = workers })
    {
    }

    /// <summary>Makes a pool.</summary>
    /// <param name="options">How it works.</param>
    /// <exception cref="PlatformNotSupportedException">Not Linux.</exception>
    /// <exception cref="InvalidOperationException">This process is itself the child of a child and so on, ten deep: something starts pools in pools without end.</exception>
    public ProcessPool(PoolOptions options) : base(new ProcessEngine(options))
    {
    }

    /// <summary>
    /// A pool for everybody in this process, made when it is first used: as many workers as processors, ended after a minute without work. It cannot be disposed.
    /// </summary>
    public static ProcessPool Shared => s_shared.Value;

    private protected override bool IsShared => s_shared.IsValueCreated && this == s_shared.Value;

    /// <summary>The ids of the worker processes, busy or not.</summary>
    public IReadOnlyList<int> WorkerIds => ((ProcessEngine)Engine).WorkerIds;
}
