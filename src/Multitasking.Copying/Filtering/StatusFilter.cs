using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Filtering;

/// <summary>Judges files by size and time, which takes a look at each. Plain values, so that it can be sent to workers that are processes.</summary>
/// <param name="MinSize">The fewest bytes, for regular files.</param>
/// <param name="MaxSize">The most bytes, for regular files.</param>
/// <param name="NewerThan">For all but folders.</param>
/// <param name="OlderThan">For all but folders.</param>
internal sealed record StatusFilter(long MinSize, long MaxSize, TimeSpec? NewerThan, TimeSpec? OlderThan)
{
    /// <summary>Makes a filter, or null if there is nothing to judge.</summary>
    internal static StatusFilter? From(CopyFilter? filter) =>
        filter is null or { MinSize: null, MaxSize: null, NewerThan: null, OlderThan: null }
            ? null
            : new StatusFilter(filter.MinSize ?? 0, filter.MaxSize ?? long.MaxValue, Point(filter.NewerThan), Point(filter.OlderThan));

    /// <summary>Whether an entry is copied, as far as its status goes.</summary>
    /// <param name="status">Of the entry itself, or of its target where links are followed.</param>
    /// <param name="reason">In a few words why it is not; no object is made for it.</param>
    internal bool Accepts(in FileStatus status, out string? reason)
    {
        reason = null;
        if (status.Kind == FileKind.Folder)
            return true;
        if (status.Kind == FileKind.Regular)
        {
            if (status.Size < MinSize)
                reason = "smaller than the limit";
            else if (status.Size > MaxSize)
                reason = "larger than the limit";
        }

        if (NewerThan is { } from && Compare(status.Modified, from) <= 0)
            reason ??= "not newer than the limit";
        if (OlderThan is { } to && Compare(status.Modified, to) >= 0)
            reason ??= "not older than the limit";
        return reason is null;
    }

    private static TimeSpec? Point(DateTimeOffset? time)
    {
        if (time is not { } point)
            return null;
        long ticks = (point - DateTimeOffset.UnixEpoch).Ticks;
        // Before 1970 too, the fraction counts forward from the second.
        (long seconds, long rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        if (rest < 0)
            (seconds, rest) = (seconds - 1, rest + TimeSpan.TicksPerSecond);
        return new TimeSpec { Seconds = seconds, Nanoseconds = rest * TimeSpan.NanosecondsPerTick };
    }

    private static int Compare(TimeSpec left, TimeSpec right) =>
        left.Seconds != right.Seconds ? left.Seconds.CompareTo(right.Seconds) : left.Nanoseconds.CompareTo(right.Nanoseconds);
}
