namespace Multitasking.Objects;

/// <summary>
/// What the caller of an asynchronous member awaits. Its continuations run elsewhere than on the thread that completes it.
/// </summary>
internal abstract class CallCompletion
{
    internal abstract void SetResult(object? value);

    internal abstract void SetException(Exception exception);

    internal abstract void SetCanceled(CancellationToken token);
}
