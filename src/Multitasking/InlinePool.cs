using Multitasking.Pools.InProcess;

namespace Multitasking;

/// <summary>
/// A pool that is none: each task runs in place, on the thread of the caller, before the call returns (up to its first <see langword="await"/>). For the debugger, for tests, and to find
/// out whether a failure has to do with the pool.
/// </summary>
/// <remarks>
/// Nothing is copied and nothing can be ended. A task that took longer than <see cref="PoolOptions.TaskTimeout"/> fails with a <see cref="TaskTimeoutException"/> when it has ended, as
/// it would have failed in another pool; not while a debugger is attached. Its token is triggered in time, and by a cancellation; a task that does not look at it goes on.
/// <see cref="PoolOptions.Initializer"/> runs once, before the first task, and up to three times if it fails. <see cref="PoolOptions.Workers"/> limits asynchronous tasks that go on
/// after their first <see langword="await"/>: further ones wait, except those that a task of the pool itself calls. <see cref="WorkerPool.WorkersAlive"/> is the number of tasks that run.
/// </remarks>
public sealed class InlinePool : WorkerPool
{
    /// <summary>Makes a pool.</summary>
    /// <param name="options">How it works; <see langword="null"/> for the defaults. <see cref="PoolOptions.Workers"/> counts as 1 for synchronous targets.</param>
    public InlinePool(PoolOptions? options = null) : base(new InlineEngine(options ?? new PoolOptions()))
    {
    }
}
