using System.Runtime.InteropServices;

namespace Multitasking.Interop;

/// <summary><c>struct flock</c> (fcntl(2)).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FileLock
{
    internal short Kind;
    internal short Whence;
    internal long Start;
    internal long Length;
    internal int ProcessId;
}
