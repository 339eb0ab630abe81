using System.Runtime.CompilerServices;
using Multitasking.Invocation.Calls;

namespace Multitasking.Invocation;

/// <summary>A <see cref="Runner"/> compiled for its arguments and its result.</summary>
internal sealed class Runner<TCall, TResult> : Runner where TCall : struct, ICall<TCall, TResult>
{
    private static readonly bool s_takesToken = Array.IndexOf(typeof(TCall).GenericTypeArguments, typeof(CancellationToken)) >= 0;

    internal static Runner Instance { get; } = new Runner<TCall, TResult>();

    internal override Type ResultType => typeof(TResult);

    internal override bool HasFixedResults => ValueCodec<TResult>.IsBlock;

    internal override int ResultSize => Unsafe.SizeOf<TResult>();

    internal override bool HasPlainResults => ValueCodec<TResult>.IsPlain;

    internal override bool TakesToken => s_takesToken;

    internal override void Run(TaskRun run, Delegate target)
    {
        do
        {
            TResult result;
            try
            {
                var call = TCall.Read(run.Arguments);
                var pending = TCall.Invoke(target, call, s_takesToken ? run.Termination : default);
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
        while (run.TryClaim());
    }
}
