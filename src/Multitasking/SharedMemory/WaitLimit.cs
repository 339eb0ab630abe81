using System.Runtime.CompilerServices;

namespace Multitasking.SharedMemory;

/// <summary>Checks how long somebody wants to wait.</summary>
internal static class WaitLimit
{
    /// <exception cref="ArgumentOutOfRangeException">It is negative, and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    internal static void Check(TimeSpan limit, [CallerArgumentExpression(nameof(limit))] string? name = null)
    {
        if (limit < TimeSpan.Zero && limit != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(name, limit, "A time limit is not negative. Timeout.InfiniteTimeSpan waits for ever, TimeSpan.Zero not at all.");
    }
}
