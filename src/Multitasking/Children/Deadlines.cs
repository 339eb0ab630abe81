using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Multitasking.Children;

/// <summary>The times at which something is due for one child, in <see cref="Stopwatch"/> ticks. Not safe for several threads.</summary>
internal struct Deadlines
{
    /// <summary>The time in which what came before its limit may still be read after it.</summary>
    internal static TimeSpan LeastForReading { get; } = TimeSpan.FromSeconds(2);

    private Times _times;

    public Deadlines()
    {
        // Not Fill, which is compiled anew in each program, and that takes a millisecond of its first start.
        foreach (ref long time in (Span<long>)_times)
            time = long.MaxValue;
    }

    /// <summary>The time at which the next is due; <see cref="long.MaxValue"/> for never.</summary>
    internal readonly long Next
    {
        get
        {
            long next = long.MaxValue;
            foreach (long time in (ReadOnlySpan<long>)_times)
                next = Math.Min(next, time);
            return next;
        }
    }

    /// <summary>The tick so much later than now.</summary>
    internal static long In(TimeSpan time) => Stopwatch.GetTimestamp() + Ticks(time);

    internal static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    /// <summary>How long it is until then; negative when it was before now.</summary>
    internal static TimeSpan Until(long time) => Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), time);

    /// <summary>Sets when something is due, whatever was set before.</summary>
    internal void Set(Due what, long time) => _times[(int)what] = time;

    /// <summary>Puts off something that is due some time by so many ticks.</summary>
    internal void PutOff(Due what, long ticks)
    {
        ref long time = ref _times[(int)what];
        time = time > long.MaxValue - ticks ? long.MaxValue : time + ticks;
    }

    internal void Clear(Due what) => _times[(int)what] = long.MaxValue;

    /// <summary>Tells whether something was due by then; it is not any more.</summary>
    internal bool TryTake(Due what, long now)
    {
        if (now < _times[(int)what])
            return false;
        Clear(what);
        return true;
    }

    [InlineArray((int)Due.Looking + 1)]
    private struct Times
    {
        private long _first;
    }
}
