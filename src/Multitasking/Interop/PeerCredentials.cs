using System.Runtime.InteropServices;

namespace Multitasking.Interop;

/// <summary><c>struct ucred</c>: who made the other end of a socket pair, as the kernel recorded it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PeerCredentials
{
    internal int ProcessId;
    internal uint UserId;
    internal uint GroupId;
}
