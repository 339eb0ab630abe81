using System.Runtime.InteropServices;

namespace Multitasking.Copying.Interop;

/// <summary>Where the engine runs.</summary>
internal static class Platform
{
    /// <exception cref="PlatformNotSupportedException">Anywhere but on 64-bit Linux.</exception>
    internal static void EnsureSupported()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64))
            throw new PlatformNotSupportedException("Multitasking.Copying works with Linux system calls, on x64 and arm64.");
    }

    /// <summary>The system's own words for an error number.</summary>
    internal static string Describe(int errno) => Marshal.GetPInvokeErrorMessage(errno);
}
