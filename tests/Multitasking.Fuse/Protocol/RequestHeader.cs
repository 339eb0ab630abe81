using System.Runtime.InteropServices;

namespace Multitasking.Fuse.Protocol;

/// <summary><c>fuse_in_header</c>: what every request begins with.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RequestHeader
{
    internal uint Length;
    internal FuseOperation Operation;
    internal ulong Unique;
    internal ulong Node;
    internal uint User;
    internal uint Group;
    internal int Process;
    internal uint Extensions;
}
