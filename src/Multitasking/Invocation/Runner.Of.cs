using Multitasking.Invocation.Calls;

namespace Multitasking.Invocation;

/// <summary>A <see cref="Runner"/> compiled for its arguments and its result.</summary>
internal sealed class Runner<TCall, TResult> : Runner where TCall : struct, ICall<TCall, TResult>
{
    internal static Runner Instance { get; } = new Runner<TCall, TResult>();

    internal override Type ResultType => typeof(TResult);

    internal override bool HasFixedResults => ValueCodec<TResult>.IsBlock;

    internal override void Run(TaskRun run, Delegate target)
    {
        while (run.TryClaim())
        {
            TResult result;
            try
            {
                var call = TCall.Read(run.Arguments);
                var pending = TCall.Invoke(target, call, run.Termination);
                // This thread is the worker's, and has nothing else to do than to wait.
                result = pending.IsCompleted ? pending.Result : pending.AsTask().GetAwaiter().GetResult();
            }
            catch (Exception exception)
            {
                run.Fail(exception);
                continue;
            }
            run.Answer(result);
        }
    }
}
