using System.Runtime.InteropServices;
using static Multitasking.Interop.Constants;

namespace Multitasking.Interop;

/// <summary>Sleeping until a word of shared memory changes (futex(2)).</summary>
internal static unsafe class Futex
{
    // The one system call of this package whose number differs between architectures.
    internal static int Number { get; } = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 => 98,
        var other => throw new PlatformNotSupportedException($"Multitasking does not know the system calls of {other}."),
    };

    /// <summary>Sleeps while the word has this value; may wake for no reason.</summary>
    internal static void Wait(int* word, int value)
    {
        if (LibC.SystemCall(Number, (nint)word, FUTEX_WAIT, value, 0) < 0 && SystemError.Last is not (EAGAIN or EINTR))
            throw SystemError.FromLast("futex(FUTEX_WAIT)");
    }

    /// <summary>Sleeps while the word has this value, but not longer than a time below a second; may wake for no reason.</summary>
    internal static void Wait(int* word, int value, long nanoseconds)
    {
        long* time = stackalloc long[2] { 0, nanoseconds };
        if (LibC.SystemCall(Number, (nint)word, FUTEX_WAIT, value, (nint)time) < 0 && SystemError.Last is not (EAGAIN or EINTR or ETIMEDOUT))
            throw SystemError.FromLast("futex(FUTEX_WAIT)");
    }

    /// <summary>Wakes one that sleeps on the word.</summary>
    internal static void Wake(int* word)
    {
        if (LibC.SystemCall(Number, (nint)word, FUTEX_WAKE, 1, 0) < 0)
            throw SystemError.FromLast("futex(FUTEX_WAKE)");
    }
}
