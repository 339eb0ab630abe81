using System.Runtime.InteropServices;

namespace Multitasking.Copying.Interop;

/// <summary><c>struct statfs</c> on 64-bit Linux, of which the engine reads the sort of file system.</summary>
[StructLayout(LayoutKind.Explicit, Size = 120)]
internal struct StatFs
{
    [FieldOffset(0)] internal long Type;
}
