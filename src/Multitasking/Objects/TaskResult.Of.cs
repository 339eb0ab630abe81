namespace Multitasking.Objects;

/// <summary>A <see cref="Task{T}"/> or a <see cref="ValueTask{T}"/>.</summary>
internal sealed class TaskResult<T>(bool isValueTask) : MemberResult(typeof(T))
{
    internal override CallCompletion NewCompletion() => new CallCompletion<T>();

    internal override object? ToCaller(PendingCall call)
    {
        var task = call.TaskOf<T>();
        return isValueTask ? new ValueTask<T>(task) : task;
    }

    internal override async Task<object?>? ToCome(object? returned) =>
        await (returned is ValueTask<T> value ? value.AsTask() : (Task<T>)returned!).ConfigureAwait(false);
}
