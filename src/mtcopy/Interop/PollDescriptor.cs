using System.Runtime.InteropServices;

namespace Mtcopy.Interop;

/// <summary>The kernel's <c>struct pollfd</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    public const short CanWrite = 4;

    public int Descriptor;
    public short Wanted;
    public short Happened;
}
