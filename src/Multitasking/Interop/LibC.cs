using System.Runtime.InteropServices;

namespace Multitasking.Interop;

/// <summary>Signatures of the C library, as its headers give them; <c>SetLastError</c> where the caller reports errno.</summary>
internal static unsafe partial class LibC
{
    // With its version: the plain name makes the loader stumble over the linker script libc.so first. Musl answers to it too.
    private const string Library = "libc.so.6";

    // <sys/socket.h>
    [LibraryImport(Library, EntryPoint = "socketpair", SetLastError = true)]
    internal static partial int SocketPair(int domain, int type, int protocol, int* pair);

    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    internal static partial nint Send(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    internal static partial nint Receive(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "sendmsg", SetLastError = true)]
    internal static partial nint SendMessage(int socket, MessageHeader* message, int flags);

    [LibraryImport(Library, EntryPoint = "recvmsg", SetLastError = true)]
    internal static partial nint ReceiveMessage(int socket, MessageHeader* message, int flags);

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    internal static partial int GetSocketOption(int socket, int level, int option, void* value, uint* length);

    [LibraryImport(Library, EntryPoint = "shutdown", SetLastError = true)]
    internal static partial int Shutdown(int socket, int how);

    // <unistd.h>, <fcntl.h>, <poll.h>, <sys/eventfd.h>
    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, void* buffer, nuint length);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, void* buffer, nuint length);

    [LibraryImport(Library, EntryPoint = "lseek", SetLastError = true)]
    internal static partial nint Seek(int descriptor, nint offset, int whence);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int FileControl(int descriptor, int command, nint argument);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMilliseconds);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    internal static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport(Library, EntryPoint = "getppid")]
    internal static partial int GetParentId();

    [LibraryImport(Library, EntryPoint = "_exit")]
    internal static partial void ExitAtOnce(int code);

    // <sys/mman.h>, <fcntl.h>
    [LibraryImport(Library, EntryPoint = "memfd_create", SetLastError = true)]
    internal static partial int CreateMemory(byte* name, uint flags);

    [LibraryImport(Library, EntryPoint = "posix_fallocate")]
    internal static partial int AllocateFile(int descriptor, nint offset, nint length);

    [LibraryImport(Library, EntryPoint = "mmap", SetLastError = true)]
    internal static partial void* Map(void* address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport(Library, EntryPoint = "munmap", SetLastError = true)]
    internal static partial int Unmap(void* address, nuint length);

    [LibraryImport(Library, EntryPoint = "madvise", SetLastError = true)]
    internal static partial int Advise(void* address, nuint length, int advice);

    [LibraryImport(Library, EntryPoint = "ftruncate", SetLastError = true)]
    internal static partial int SetLength(int descriptor, nint length);

    [LibraryImport(Library, EntryPoint = "fallocate", SetLastError = true)]
    internal static partial int Allocate(int descriptor, int mode, nint offset, nint length);

    [LibraryImport(Library, EntryPoint = "fchmod", SetLastError = true)]
    internal static partial int ChangeMode(int descriptor, uint mode);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true)]
    internal static partial int Open(byte* path, int flags);

    [LibraryImport(Library, EntryPoint = "sched_yield")]
    internal static partial int YieldProcessor();

    // <spawn.h>: the attribute and action objects are opaque; SpawnObjectSize is more than any C library on Linux needs.
    internal const int SpawnObjectSize = 512;

    [LibraryImport(Library, EntryPoint = "posix_spawn")]
    internal static partial int Spawn(int* id, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_init")]
    internal static partial int SpawnActionsInitialize(void* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static partial int SpawnActionsAddDuplicate(void* actions, int from, int to);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addclose")]
    internal static partial int SpawnActionsAddClose(void* actions, int descriptor);

    // Since glibc 2.34; musl has none.
    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    internal static partial int SpawnActionsAddCloseFrom(void* actions, int first);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static partial int SpawnActionsDestroy(void* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_init")]
    internal static partial int SpawnAttributesInitialize(void* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setflags")]
    internal static partial int SpawnAttributesSetFlags(void* attributes, short flags);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigmask")]
    internal static partial int SpawnAttributesSetSignalMask(void* attributes, void* set);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_destroy")]
    internal static partial int SpawnAttributesDestroy(void* attributes);

    // <sys/wait.h>, <signal.h>, <sched.h>, <sys/prctl.h>, <stdlib.h>
    [LibraryImport(Library, EntryPoint = "waitpid", SetLastError = true)]
    internal static partial int WaitForProcess(int id, int* status, int options);

    [LibraryImport(Library, EntryPoint = "waitid", SetLastError = true)]
    internal static partial int WaitForState(int kind, uint id, void* information, int options);

    [LibraryImport(Library, EntryPoint = "signal", SetLastError = true)]
    internal static partial nint SetSignalDisposition(int signal, nint handler);

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    internal static partial int SendSignal(int process, int signal);

    [LibraryImport(Library, EntryPoint = "raise", SetLastError = true)]
    internal static partial int Raise(int signal);

    [LibraryImport(Library, EntryPoint = "sched_getaffinity", SetLastError = true)]
    internal static partial int GetAffinity(int thread, nuint size, byte* mask);

    [LibraryImport(Library, EntryPoint = "sched_setaffinity", SetLastError = true)]
    internal static partial int SetAffinity(int thread, nuint size, byte* mask);

    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    internal static partial int ProcessControl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport(Library, EntryPoint = "unsetenv", SetLastError = true)]
    internal static partial int RemoveEnvironmentVariable(byte* name);

    [LibraryImport(Library, EntryPoint = "setenv", SetLastError = true)]
    internal static partial int SetEnvironmentVariable(byte* name, byte* value, int overwrite);

    // <termios.h>, <unistd.h>
    [LibraryImport(Library, EntryPoint = "tcgetattr", SetLastError = true)]
    internal static partial int GetTerminalSettings(int descriptor, TerminalSettings* settings);

    [LibraryImport(Library, EntryPoint = "tcsetattr", SetLastError = true)]
    internal static partial int SetTerminalSettings(int descriptor, int when, TerminalSettings* settings);

    [LibraryImport(Library, EntryPoint = "tcgetpgrp", SetLastError = true)]
    internal static partial int GetForegroundGroup(int descriptor);

    [LibraryImport(Library, EntryPoint = "getpgrp")]
    internal static partial int GetProcessGroup();

    // <sys/resource.h>
    [LibraryImport(Library, EntryPoint = "getrlimit", SetLastError = true)]
    internal static partial int GetLimit(int resource, ResourceLimit* limit);

    // <sys/syscall.h>: calls that older C libraries do not wrap. Their numbers are the same on every architecture since Linux 5.1.
    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth, nint fifth);

    // <time.h>
    [LibraryImport(Library, EntryPoint = "clock_gettime", SetLastError = true)]
    internal static partial int GetClock(int clock, TimeSpec* time);
}
