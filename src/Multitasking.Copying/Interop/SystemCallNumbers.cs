using System.Runtime.InteropServices;

namespace Multitasking.Copying.Interop;

/// <summary>Numbers of system calls (<c>unistd_64.h</c>, and <c>asm-generic/unistd.h</c> for arm64).</summary>
internal static class SystemCallNumbers
{
    /// <summary><c>getdents64</c>.</summary>
    internal static long ReadEntries { get; } = IsArm64 ? 61 : 217;

    /// <summary><c>mknodat</c>.</summary>
    internal static long MakeNode { get; } = IsArm64 ? 33 : 259;

    private static bool IsArm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
}
