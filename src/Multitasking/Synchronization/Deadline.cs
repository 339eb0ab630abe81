using System.Diagnostics;

namespace Multitasking.Synchronization;

/// <summary>A time limit over several waits.</summary>
internal readonly struct Deadline(TimeSpan limit)
{
    private readonly long _begun = Stopwatch.GetTimestamp();

    /// <summary>What is left of it, not negative; or <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    internal TimeSpan Left =>
        limit == Timeout.InfiniteTimeSpan ? limit : TimeSpan.FromTicks(Math.Max(0, (limit - Stopwatch.GetElapsedTime(_begun)).Ticks));
}
