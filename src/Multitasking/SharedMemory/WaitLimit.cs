namespace Multitasking.SharedMemory;

/// <summary>Checks how long somebody wants to wait.</summary>
internal static class WaitLimit
{
    /// <exception cref="ArgumentOutOfRangeException">Negative, but not infinite.</exception>
    internal static void Check(TimeSpan limit)
    {
        if (limit < TimeSpan.Zero && limit != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "A time to wait is not negative; use Timeout.InfiniteTimeSpan to wait for as long as it takes.");
    }
}
