using System.Diagnostics;

namespace Multitasking.Children;

/// <summary>
/// Notices that this process was stopped (Ctrl-Z, a frozen container): its children were stopped with it in all likelihood, and that time
/// is not theirs. Used by one thread, which waits again and again.
/// </summary>
/// <remarks>
/// No signal tells of SIGSTOP or of the freezer, and no clock of the system leaves out the time; so the thread wakes up now and then.
/// </remarks>
/// <param name="isOfProgram">Whether what it notices counts to <see cref="Total"/>: of one thread only, lest it count twice.</param>
internal sealed class StoppedTime(bool isOfProgram)
{
    private const int LongestWaitMilliseconds = 250;

    // Less may be a machine under load.
    private static readonly long s_least = Stopwatch.Frequency;

    private static long s_total;

    private long _expected = long.MaxValue;
    private long _began;

    /// <summary>How long this process was stopped since its start, as far as it was noticed, in <see cref="Stopwatch"/> ticks.</summary>
    internal static long Total => Interlocked.Read(ref s_total);

    /// <summary>Bounds a wait that ends because something is due, so that a stop is noticed; others are as long as they like.</summary>
    /// <param name="milliseconds">How long the wait is to be at most; negative for as long as it takes.</param>
    internal int Bound(int milliseconds)
    {
        _began = Stopwatch.GetTimestamp();
        if (milliseconds < 0)
        {
            _expected = long.MaxValue;
            return milliseconds;
        }
        int bounded = Math.Min(milliseconds, LongestWaitMilliseconds);
        _expected = _began + (bounded * Stopwatch.Frequency / 1000);
        return bounded;
    }

    /// <summary>
    /// How long this process was stopped during the wait that is over, in <see cref="Stopwatch"/> ticks; 0 where it was not.
    /// </summary>
    internal long StoppedBefore(long now)
    {
        if (_expected == long.MaxValue || now - _expected < s_least)
            return 0;
        // When it was stopped is not known: the whole wait is taken for it.
        if (isOfProgram)
            Interlocked.Add(ref s_total, now - _began);
        return now - _began;
    }
}
