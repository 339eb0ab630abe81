using System.Runtime.InteropServices;
using static Multitasking.Interop.Constants;

namespace Multitasking.Interop;

/// <summary>Sleeping until a word of shared memory changes (futex(2)).</summary>
/// <remarks>
/// Nothing here throws: a lock is left through it. What the system refuses for a moment is a sleep that ended for no reason, which
/// each caller expects anyway, or is tried again.
/// </remarks>
internal static unsafe class Futex
{
    private const int MostTries = 50;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    // The one system call of this package whose number differs between architectures.
    internal static int Number { get; } = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 => 98,
        var other => throw new PlatformNotSupportedException($"Multitasking does not know the system calls of {other}."),
    };

    /// <summary>Sleeps while the word has this value; may wake for no reason.</summary>
    internal static void Wait(int* word, int value) => Wait(word, value, null);

    /// <summary>Sleeps while the word has this value, but not longer than a time below a second; may wake for no reason.</summary>
    internal static void Wait(int* word, int value, long nanoseconds)
    {
        long* time = stackalloc long[2] { 0, nanoseconds };
        Wait(word, value, time);
    }

    /// <summary>Sleeps while the word has this value, but not longer than a time; may wake for no reason.</summary>
    /// <param name="word">In memory that may be shared with other processes.</param>
    /// <param name="value">What it must still be.</param>
    /// <param name="limit">The time, of any length.</param>
    internal static void Wait(int* word, int value, TimeSpan limit)
    {
        long* time = stackalloc long[2] { limit.Ticks / TimeSpan.TicksPerSecond, limit.Ticks % TimeSpan.TicksPerSecond * 100 };
        Wait(word, value, time);
    }

    /// <summary>Sleeps while all of the words have their values; may wake for no reason.</summary>
    /// <returns>Whether the system can do that (Linux 5.16).</returns>
    internal static bool TryWaitForAny(ReadOnlySpan<FutexWaiter> waiters)
    {
        fixed (FutexWaiter* start = waiters)
        {
            if (LibC.SystemCall(SYS_futex_waitv, (nint)start, waiters.Length, 0, 0, CLOCK_MONOTONIC) >= 0)
                return true;
            switch (SystemError.Last)
            {
                case EAGAIN or EINTR:
                    return true;
                case ENOMEM:
                    Thread.Sleep(s_pause);
                    return true;
                // ENOSYS; and EPERM from filters of containers that do not know the call.
                default:
                    return false;
            }
        }
    }

    /// <summary>Wakes those that sleep on the word, the longest first.</summary>
    /// <param name="word">The word.</param>
    /// <param name="most">How many of them at most.</param>
    internal static void Wake(int* word, int most = 1)
    {
        for (int tries = 1; LibC.SystemCall(Number, (nint)word, FUTEX_WAKE, most, 0) < 0 && tries < MostTries; tries++)
            Thread.Sleep(s_pause);
    }

    private static void Wait(int* word, int value, long* limit)
    {
        nint result = LibC.SystemCall(Number, (nint)word, FUTEX_WAIT, value, (nint)limit);
        if (result < 0 && SystemError.Last is not (EAGAIN or EINTR or ETIMEDOUT))
            Thread.Sleep(s_pause);
    }
}
