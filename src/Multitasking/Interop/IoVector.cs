using System.Runtime.InteropServices;

namespace Multitasking.Interop;

/// <summary><c>struct iovec</c> (readv(2)).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    internal void* Start;
    internal nuint Length;
}
