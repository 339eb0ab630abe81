using System.Runtime.InteropServices;

namespace Multitasking.Interop;

/// <summary><c>struct cmsghdr</c> (cmsg(3)); descriptors follow it at once, for its size is a multiple of a word's.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ControlHeader
{
    internal nuint Length;
    internal int Level;
    internal int Kind;
}
