using System.Runtime.InteropServices;

namespace Multitasking.Copying.Interop;

/// <summary><c>struct rlimit</c> on 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResourceLimit
{
    internal ulong Soft;
    internal ulong Hard;
}
