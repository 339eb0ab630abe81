using System.Runtime.InteropServices;

namespace Mtcopy.Interop;

/// <summary>The kernel's <c>struct winsize</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WindowSize
{
    public ushort Rows;
    public ushort Columns;
    public ushort PixelsAcross;
    public ushort PixelsDown;
}
