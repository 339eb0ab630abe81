namespace Multitasking.Copying.Removing;

/// <summary>How many entries a run may still remove. Thread-safe.</summary>
internal sealed class DeletionBudget(long? most)
{
    private long _taken;

    internal long? Most => most;

    /// <summary>Takes one.</summary>
    /// <returns>Whether there was one left.</returns>
    internal bool TryTake() => most is not { } limit || Interlocked.Increment(ref _taken) <= limit;
}
