namespace Multitasking.Objects;

/// <summary>A <see cref="Task"/> or a <see cref="ValueTask"/>.</summary>
internal sealed class TaskResult(bool isValueTask) : MemberResult(typeof(void))
{
    internal override CallCompletion NewCompletion() => new CallCompletion<object?>();

    internal override object? ToCaller(PendingCall call)
    {
        Task task = call.TaskOf<object?>();
        return isValueTask ? new ValueTask(task) : task;
    }

    internal override async Task<object?>? ToCome(object? returned)
    {
        await (returned is ValueTask value ? value.AsTask() : (Task)returned!).ConfigureAwait(false);
        return null;
    }
}
