using System.Diagnostics;

namespace Multitasking.Interop;

/// <summary>The processor time that the calling thread has taken, clock_gettime(2).</summary>
internal static unsafe class ThreadTime
{
    /// <summary>In nanoseconds; real time where the system does not tell (a filter of system calls may forbid it).</summary>
    internal static long Nanoseconds
    {
        get
        {
            TimeSpec time;
            return LibC.GetClock(Constants.CLOCK_THREAD_CPUTIME_ID, &time) == 0
                ? (time.Seconds * 1_000_000_000L) + time.Nanoseconds
                : (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
        }
    }
}
