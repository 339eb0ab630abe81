using System.Runtime.InteropServices;

namespace Multitasking.Copying.Interop;

/// <summary><c>struct timespec</c> on 64-bit Linux: a point in time to the nanosecond, before 1970 too.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpec
{
    internal long Seconds;
    internal long Nanoseconds;

    internal readonly bool IsBefore(TimeSpec other) => Seconds != other.Seconds ? Seconds < other.Seconds : Nanoseconds < other.Nanoseconds;

    /// <summary>What <c>utimensat</c> takes for "leave this one alone" (<c>UTIME_OMIT</c>).</summary>
    internal static TimeSpec Omitted => new() { Nanoseconds = (1L << 30) - 2 };
}
