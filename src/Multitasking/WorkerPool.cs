using System.Diagnostics;
using Multitasking.Diagnostics;
using Multitasking.Invocation;
using Multitasking.Invocation.Calls;
using Multitasking.Pools;

namespace Multitasking;

/// <summary>Workers that take tasks: the same calls on processes, on threads, and in place.</summary>
/// <remarks>
/// <para>A task is one call of a target; each item of a map is a task. Targets may be synchronous or asynchronous, with none to four arguments. In a pool of processes the target, its
/// arguments, its captured variables and its result are copied; see <see cref="ProcessPool"/>.</para>
/// <para>What a target throws comes as a <see cref="RemoteException"/> with the original inside, whichever pool ran it. A
/// <see cref="CancellationToken"/> given to a call cancels its task: one that waits is dropped; one that runs is asked through every token
/// that it holds, and ended if it does not give way. An argument of type <see cref="CancellationToken"/> that can never be cancelled
/// (<see cref="CancellationToken.None"/>) reaches the target as the task's own token, which its cancellation and its time limit
/// trigger.</para>
/// <para>All members are safe for use from several threads at once.</para>
/// </remarks>
/// <example>
/// <code>
/// await using WorkerPool pool = new ProcessPool(workers: 4);
/// int square = await pool.RunAsync(x => x * x, 7);
/// int[] all = await pool.MapAsync(numbers, x => x * x);
/// </code>
/// </example>
[StaysHere("use ProcessPool.Shared or make a pool in the target")]
public abstract partial class WorkerPool : IAsyncDisposable
{
    private protected WorkerPool(PoolEngine engine) => Engine = engine;

    /// <summary>Somebody forgot to dispose the pool: it finishes what it has accepted, then its workers end.</summary>
    ~WorkerPool() => Engine?.Forget();

    /// <summary>The name of the pool in messages and measurements.</summary>
    public string Name => Engine.Name;

    /// <summary>How many tasks may run at the same time.</summary>
    public int Workers => Engine.Options.Workers;

    /// <summary>How many tasks have ended so far, in whichever way.</summary>
    public long Completed => Engine.Intake.Completed;

    /// <summary>How many tasks were accepted and have not ended.</summary>
    public long Pending => Engine.Intake.Pending;

    /// <summary>How many workers there are now, busy or not.</summary>
    public int WorkersAlive => Engine.WorkersAlive;

    /// <summary>
    /// What keeps the pool from having the workers that it wants, in words for whoever looks after the program; <see langword="null"/>, as
    /// a rule, for nothing. Tasks may run all the same.
    /// </summary>
    public string? Trouble => Engine.Trouble;

    private protected PoolEngine Engine { get; }

    /// <summary>
    /// Ends the pool at once: no further task is accepted, tasks that wait or run are cancelled, worker processes are killed. Returns at
    /// once; does nothing the second time.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is <see cref="ProcessPool.Shared"/>.</exception>
    public void Abort()
    {
        CheckNotShared();
        Engine.Intake.Close();
        Engine.Abort();
    }

    /// <summary>
    /// Ends the pool in good order: no further task is accepted (<see cref="ObjectDisposedException"/>), those that were accepted are
    /// finished, then the workers end.
    /// </summary>
    /// <remarks>
    /// Of a map that is under way the items that were handed to workers are finished and their results given; for the next one it is
    /// refused like any caller, and ends with the <see cref="ObjectDisposedException"/>.
    /// </remarks>
    /// <returns>Completes when all that is done, and no worker is left.</returns>
    /// <exception cref="InvalidOperationException">
    /// A task of this very pool disposes it, and would wait for itself; or it is <see cref="ProcessPool.Shared"/>.
    /// </exception>
    public async ValueTask DisposeAsync()
    {
        CheckNotShared();
        if (Engine.IsInOwnTask)
            throw new InvalidOperationException($"A task of {Name} disposes it, and would wait for its own end. Dispose it elsewhere, or call Abort().");
        Engine.Intake.Close();
        await Engine.Intake.Drained.ConfigureAwait(false);
        await Engine.EndAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Name, kind and what it does: <c>ProcessPool(pool-1, 2 of 4 workers, 17 pending)</c>.</summary>
    public override string ToString() => $"{GetType().Name}({Name}, {WorkersAlive} of {Workers} workers, {Pending} pending)";

    /// <summary>Tells whether it belongs to everybody in this process.</summary>
    private protected virtual bool IsShared => false;

    private void CheckNotShared()
    {
        if (IsShared)
            throw new InvalidOperationException($"{Name} belongs to everybody in this process and is never ended. Make a pool of your own to end it.");
    }

    private Task<TResult> Run<TCall, TResult>(Delegate target, TCall call, CancellationToken cancellationToken)
        where TCall : struct, ICall<TCall, TResult>
    {
        ArgumentNullException.ThrowIfNull(target);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<TResult>(cancellationToken);
        return Instruments.Source.HasListeners()
            ? RunTraced<TCall, TResult>(target, call, cancellationToken)
            : Run(new SingleTask<TCall, TResult>(target, call, Engine.Intake, cancellationToken));
    }

    private Task<TResult> Run<TCall, TResult>(SingleTask<TCall, TResult> task)
        where TCall : struct, ICall<TCall, TResult>
    {
        Engine.Submit(task);
        GC.KeepAlive(this);
        return task.Task;
    }

    /// <summary>
    /// The trace is current while the task is written, so that its worker takes it for the parent of its own; afterwards the caller's is
    /// again.
    /// </summary>
    private Task<TResult> RunTraced<TCall, TResult>(Delegate target, TCall call, CancellationToken cancellationToken)
        where TCall : struct, ICall<TCall, TResult>
    {
        var current = Activity.Current;
        var trace = Engine.Meter.StartTrace("Multitasking.Task", TargetInfo.Of(target).Name);
        try
        {
            return Run(new SingleTask<TCall, TResult>(target, call, Engine.Intake, cancellationToken) { Trace = trace });
        }
        catch (Exception exception)
        {
            PoolMeter.EndTrace(trace, exception);
            throw;
        }
        finally
        {
            Activity.Current = current;
        }
    }
}
