using System.Runtime.InteropServices;

namespace Multitasking.Faults.Hostile;

/// <summary>What a hostile worker asks of the system.</summary>
internal static unsafe partial class NativeCalls
{
    internal const int SOL_SOCKET = 1, SO_TYPE = 3, SOCK_STREAM = 1, SOCK_SEQPACKET = 5;
    internal const int MSG_DONTWAIT = 0x40, MSG_NOSIGNAL = 0x4000;
    internal const int F_GETFL = 3, F_SETFL = 4, O_NONBLOCK = 0x800;
    internal const int SIGSTOP = 19, SIGSEGV = 11, SIGKILL = 9;

    private const string Library = "libc.so.6";

    [LibraryImport(Library, EntryPoint = "getsockopt")]
    internal static partial int GetSocketOption(int socket, int level, int option, int* value, uint* length);

    [LibraryImport(Library, EntryPoint = "send")]
    internal static partial nint Send(int socket, byte* bytes, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "recv")]
    internal static partial nint Receive(int socket, byte* bytes, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "read")]
    internal static partial nint Read(int descriptor, void* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "write")]
    internal static partial nint Write(int descriptor, void* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "fcntl")]
    internal static partial int Control(int descriptor, int command, nint argument);

    [LibraryImport(Library, EntryPoint = "shutdown")]
    internal static partial int Shutdown(int socket, int how);

    [LibraryImport(Library, EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "dup2")]
    internal static partial int Duplicate(int from, int to);

    [LibraryImport(Library, EntryPoint = "raise")]
    internal static partial int Raise(int signal);

    [LibraryImport(Library, EntryPoint = "_exit")]
    internal static partial void ExitAtOnce(int code);
}
