using System.Runtime.InteropServices;

namespace Multitasking.Interop;

/// <summary><c>struct futex_waitv</c> (futex_waitv in linux/futex.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FutexWaiter
{
    internal ulong Value;
    internal ulong Address;
    internal uint Flags;
    internal uint Reserved;
}
