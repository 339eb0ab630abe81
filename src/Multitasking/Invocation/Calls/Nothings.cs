namespace Multitasking.Invocation.Calls;

/// <summary>Makes a task without a result one that yields <see cref="Nothing"/>.</summary>
internal static class Nothings
{
    internal static ValueTask<Nothing> After(Task task) => task.IsCompletedSuccessfully ? default : new ValueTask<Nothing>(WaitAsync(task));

    private static async Task<Nothing> WaitAsync(Task task)
    {
        await task.ConfigureAwait(false);
        return default;
    }
}
