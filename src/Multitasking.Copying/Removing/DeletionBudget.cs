namespace Multitasking.Copying.Removing;

/// <summary>How many entries a run may still remove. Thread-safe.</summary>
internal sealed class DeletionBudget(long? most)
{
    private long _taken;

    internal long? Most => most;

    /// <summary>Takes so many, or none.</summary>
    /// <returns>Whether they were left.</returns>
    internal bool TryTake(long count = 1)
    {
        if (most is not { } limit)
            return true;
        long taken = Volatile.Read(ref _taken);
        while (count <= limit - taken)
        {
            long seen = Interlocked.CompareExchange(ref _taken, taken + count, taken);
            if (seen == taken)
                return true;
            taken = seen;
        }

        return false;
    }

    /// <summary>Gives back what was taken for something that was not removed after all.</summary>
    internal void GiveBack(long count = 1)
    {
        if (most is not null)
            Interlocked.Add(ref _taken, -count);
    }
}
