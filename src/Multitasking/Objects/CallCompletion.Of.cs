namespace Multitasking.Objects;

/// <summary>The same with a result of a type. What completes it first counts.</summary>
internal sealed class CallCompletion<T> : CallCompletion
{
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<T> Task => _source.Task;

    internal override void SetResult(object? value) => _source.TrySetResult((T)value!);

    internal override void SetException(Exception exception) => _source.TrySetException(exception);

    internal override void SetCanceled(CancellationToken token) => _source.TrySetCanceled(token);
}
