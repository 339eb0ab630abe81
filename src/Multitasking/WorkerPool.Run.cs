using Multitasking.Invocation.Calls;

namespace Multitasking;

// One call: none to four arguments, synchronous or not, with a result or without.
public abstract partial class WorkerPool
{
    /// <summary>Runs a target in a worker and brings back its answer.</summary>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    /// <returns>What the target returned; from a process, as a copy.</returns>
    /// <remarks>The arguments are taken as they are when this method is called: what the caller changes in them afterwards does not reach another process.</remarks>
    /// <exception cref="RemoteException">The target threw.</exception>
    /// <exception cref="WorkerLostException">The worker ended while it ran the task, more often than <see cref="PoolOptions.Retries"/> allows.</exception>
    /// <exception cref="TaskTimeoutException">The task took longer than <see cref="PoolOptions.TaskTimeout"/>.</exception>
    /// <exception cref="OperationCanceledException">The task was cancelled, or the pool aborted.</exception>
    /// <exception cref="TargetNotSupportedException">The target, an argument or a captured variable cannot travel. Thrown by the call itself.</exception>
    /// <exception cref="PoolBrokenException">No worker comes to life.</exception>
    /// <exception cref="ObjectDisposedException">The pool takes no further tasks. Thrown by the call itself.</exception>
    public Task<TResult> RunAsync<TResult>(Func<TResult> target, CancellationToken cancellationToken = default) =>
        Run<FuncCall<TResult>, TResult>(target, default, cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="arg">Its only argument.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    public Task<TResult> RunAsync<T1, TResult>(Func<T1, TResult> target, T1 arg, CancellationToken cancellationToken = default) =>
        Run<FuncCall<T1, TResult>, TResult>(target, new(arg), cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="arg1">Its first argument.</param>
    /// <param name="arg2">Its second argument.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    public Task<TResult> RunAsync<T1, T2, TResult>(Func<T1, T2, TResult> target, T1 arg1, T2 arg2, CancellationToken cancellationToken = default) =>
        Run<FuncCall<T1, T2, TResult>, TResult>(target, new(arg1, arg2), cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="arg1">Its first argument.</param>
    /// <param name="arg2">Its second argument.</param>
    /// <param name="arg3">Its third argument.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    public Task<TResult> RunAsync<T1, T2, T3, TResult>(Func<T1, T2, T3, TResult> target, T1 arg1, T2 arg2, T3 arg3, CancellationToken cancellationToken = default) =>
        Run<FuncCall<T1, T2, T3, TResult>, TResult>(target, new(arg1, arg2, arg3), cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="arg1">Its first argument.</param>
    /// <param name="arg2">Its second argument.</param>
    /// <param name="arg3">Its third argument.</param>
    /// <param name="arg4">Its fourth argument.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    public Task<TResult> RunAsync<T1, T2, T3, T4, TResult>(Func<T1, T2, T3, T4, TResult> target, T1 arg1, T2 arg2, T3 arg3, T4 arg4, CancellationToken cancellationToken = default) =>
        Run<FuncCall<T1, T2, T3, T4, TResult>, TResult>(target, new(arg1, arg2, arg3, arg4), cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task<TResult> RunAsync<TResult>(Func<Task<TResult>> target, CancellationToken cancellationToken = default) =>
        Run<AsyncFuncCall<TResult>, TResult>(target, default, cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="arg">Its only argument.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    public Task<TResult> RunAsync<T1, TResult>(Func<T1, Task<TResult>> target, T1 arg, CancellationToken cancellationToken = default) =>
        Run<AsyncFuncCall<T1, TResult>, TResult>(target, new(arg), cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="arg1">Its first argument.</param>
    /// <param name="arg2">Its second argument.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    public Task<TResult> RunAsync<T1, T2, TResult>(Func<T1, T2, Task<TResult>> target, T1 arg1, T2 arg2, CancellationToken cancellationToken = default) =>
        Run<AsyncFuncCall<T1, T2, TResult>, TResult>(target, new(arg1, arg2), cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="arg1">Its first argument.</param>
    /// <param name="arg2">Its second argument.</param>
    /// <param name="arg3">Its third argument.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    public Task<TResult> RunAsync<T1, T2, T3, TResult>(Func<T1, T2, T3, Task<TResult>> target, T1 arg1, T2 arg2, T3 arg3, CancellationToken cancellationToken = default) =>
        Run<AsyncFuncCall<T1, T2, T3, TResult>, TResult>(target, new(arg1, arg2, arg3), cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="arg1">Its first argument.</param>
    /// <param name="arg2">Its second argument.</param>
    /// <param name="arg3">Its third argument.</param>
    /// <param name="arg4">Its fourth argument.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    public Task<TResult> RunAsync<T1, T2, T3, T4, TResult>(Func<T1, T2, T3, T4, Task<TResult>> target, T1 arg1, T2 arg2, T3 arg3, T4 arg4, CancellationToken cancellationToken = default) =>
        Run<AsyncFuncCall<T1, T2, T3, T4, TResult>, TResult>(target, new(arg1, arg2, arg3, arg4), cancellationToken);

    /// <summary>Runs a target in a worker; completes when it has ended.</summary>
    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task RunAsync(Action target, CancellationToken cancellationToken = default) =>
        Run<ActionCall, Nothing>(target, default, cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="arg">Its only argument.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    public Task RunAsync<T1>(Action<T1> target, T1 arg, CancellationToken cancellationToken = default) =>
        Run<ActionCall<T1>, Nothing>(target, new(arg), cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="arg1">Its first argument.</param>
    /// <param name="arg2">Its second argument.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    public Task RunAsync<T1, T2>(Action<T1, T2> target, T1 arg1, T2 arg2, CancellationToken cancellationToken = default) =>
        Run<ActionCall<T1, T2>, Nothing>(target, new(arg1, arg2), cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="arg1">Its first argument.</param>
    /// <param name="arg2">Its second argument.</param>
    /// <param name="arg3">Its third argument.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    public Task RunAsync<T1, T2, T3>(Action<T1, T2, T3> target, T1 arg1, T2 arg2, T3 arg3, CancellationToken cancellationToken = default) =>
        Run<ActionCall<T1, T2, T3>, Nothing>(target, new(arg1, arg2, arg3), cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="arg1">Its first argument.</param>
    /// <param name="arg2">Its second argument.</param>
    /// <param name="arg3">Its third argument.</param>
    /// <param name="arg4">Its fourth argument.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    public Task RunAsync<T1, T2, T3, T4>(Action<T1, T2, T3, T4> target, T1 arg1, T2 arg2, T3 arg3, T4 arg4, CancellationToken cancellationToken = default) =>
        Run<ActionCall<T1, T2, T3, T4>, Nothing>(target, new(arg1, arg2, arg3, arg4), cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task RunAsync(Func<Task> target, CancellationToken cancellationToken = default) =>
        Run<AsyncActionCall, Nothing>(target, default, cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="arg">Its only argument.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    public Task RunAsync<T1>(Func<T1, Task> target, T1 arg, CancellationToken cancellationToken = default) =>
        Run<AsyncActionCall<T1>, Nothing>(target, new(arg), cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="arg1">Its first argument.</param>
    /// <param name="arg2">Its second argument.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    public Task RunAsync<T1, T2>(Func<T1, T2, Task> target, T1 arg1, T2 arg2, CancellationToken cancellationToken = default) =>
        Run<AsyncActionCall<T1, T2>, Nothing>(target, new(arg1, arg2), cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="arg1">Its first argument.</param>
    /// <param name="arg2">Its second argument.</param>
    /// <param name="arg3">Its third argument.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    public Task RunAsync<T1, T2, T3>(Func<T1, T2, T3, Task> target, T1 arg1, T2 arg2, T3 arg3, CancellationToken cancellationToken = default) =>
        Run<AsyncActionCall<T1, T2, T3>, Nothing>(target, new(arg1, arg2, arg3), cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="arg1">Its first argument.</param>
    /// <param name="arg2">Its second argument.</param>
    /// <param name="arg3">Its third argument.</param>
    /// <param name="arg4">Its fourth argument.</param>
    /// <param name="cancellationToken">Cancels the task, running or not.</param>
    public Task RunAsync<T1, T2, T3, T4>(Func<T1, T2, T3, T4, Task> target, T1 arg1, T2 arg2, T3 arg3, T4 arg4, CancellationToken cancellationToken = default) =>
        Run<AsyncActionCall<T1, T2, T3, T4>, Nothing>(target, new(arg1, arg2, arg3, arg4), cancellationToken);
}
