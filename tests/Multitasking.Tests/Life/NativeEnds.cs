using Multitasking.Interop;

namespace Multitasking.Tests.Life;

/// <summary>Ends that come from outside of managed code.</summary>
internal static unsafe class NativeEnds
{
    /// <summary>A crash in the C library, where the runtime cannot make an exception of it.</summary>
    internal static void Fault() => _ = LibC.SetEnvironmentVariable((byte*)8, (byte*)8, 1);

    /// <summary>Waits for a child of this process behind the library's back.</summary>
    internal static void TakeExitStatus(int id)
    {
        int status;
        LibC.WaitForProcess(id, &status, 0);
    }
}
