using System.Runtime.InteropServices;
using Multitasking.Interop;
using Xunit;

namespace Multitasking.Tests.Life;

/// <summary>Ends that come from outside of managed code.</summary>
internal static unsafe partial class NativeEnds
{
    /// <summary>A crash in the C library, where the runtime cannot make an exception of it.</summary>
    internal static void Fault() => _ = LibC.SetEnvironmentVariable((byte*)8, (byte*)8, 1);

    /// <summary>Ends this process by a signal, also where it inherited that the signal is ignored, as beside <c>nohup</c> or <c>&amp;</c>.</summary>
    internal static void EndBy(int signal)
    {
        if (signal != Constants.SIGKILL)
            Assert.NotEqual(-1, SetDisposition(signal, 0));
        _ = LibC.SendSignal(Environment.ProcessId, signal);
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Waits for a child of this process behind the library's back.</summary>
    internal static void TakeExitStatus(int id)
    {
        int status;
        LibC.WaitForProcess(id, &status, 0);
    }

    /// <summary>Replaces this process by a program that sleeps; only a failure returns.</summary>
    internal static void BecomeAnotherProgram()
    {
        fixed (byte* path = "/bin/sleep\0"u8, name = "sleep\0"u8, time = "1000\0"u8)
        {
            byte** arguments = stackalloc byte*[3] { name, time, null };
            _ = Execute(path, arguments);
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "signal")]
    private static partial nint SetDisposition(int signal, nint handler);

    [LibraryImport("libc.so.6", EntryPoint = "execv")]
    private static partial int Execute(byte* path, byte** arguments);
}
