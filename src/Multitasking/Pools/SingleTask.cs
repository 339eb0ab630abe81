using System.Diagnostics;
using Multitasking.Diagnostics;
using Multitasking.Invocation.Calls;

namespace Multitasking.Pools;

/// <summary>One call.</summary>
internal sealed class SingleTask<TCall, TResult>(Delegate target, TCall call, Intake intake, CancellationToken token)
    : PoolTask<TCall, TResult>(target, 1, intake, token)
    where TCall : struct, ICall<TCall, TResult>
{
    // Continuations are somebody's code, and would hold up the thread that reads the answers.
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TCall _call = call;
    private TResult? _result;
    private Exception? _failure;
    private bool _isCancelled;

    /// <summary>The trace of the call; null where nobody listens.</summary>
    internal Activity? Trace { get; init; }

    internal Task<TResult> Task => _completion.Task;

    protected override TCall CallAt(int index) => _call;

    protected override void OnResult(TResult result) => _result = result;

    protected override void OnFailed(Exception exception) => _failure = exception;

    protected override void OnCancelled() => _isCancelled = true;

    protected override void OnOver()
    {
        // The task may live long in its caller's hands, and with it this.
        _call = default;
        PoolMeter.EndTrace(Trace, _failure);
        if (_failure is not null)
            _completion.SetException(_failure);
        else if (_isCancelled)
            _completion.SetCanceled(Token.IsCancellationRequested ? Token : new CancellationToken(canceled: true));
        else
            _completion.SetResult(_result!);
    }
}
