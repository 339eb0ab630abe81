using System.Runtime.InteropServices;

namespace Multitasking.TestWorker;

/// <summary>What the C library offers to a program that wants to come to a bad end.</summary>
internal static partial class Native
{
    internal const int SIGABRT = 6;
    internal const int SIGINT = 2;
    internal const int SIGHUP = 1;
    internal const int SIGQUIT = 3;
    internal const int SIGSEGV = 11;
    internal const int SIGTERM = 15;
    internal const int SIGCHLD = 17;
    internal const int SIGSTOP = 19;
    internal const nint SIG_DFL = 0;
    internal const nint SIG_IGN = 1;
    internal const int RLIMIT_NPROC = 6;
    internal const int RLIMIT_NOFILE = 7;

    internal const int MNT_DETACH = 2;

    private const string Library = "libc.so.6";

    [LibraryImport(Library, EntryPoint = "pause")]
    internal static partial int Pause();

    [LibraryImport(Library, EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "raise")]
    internal static partial int Raise(int signal);

    [LibraryImport(Library, EntryPoint = "signal")]
    internal static partial nint SetSignalDisposition(int signal, nint handler);

    [LibraryImport(Library, EntryPoint = "_exit")]
    internal static partial void ExitAtOnce(int code);

    [LibraryImport(Library, EntryPoint = "setpgid")]
    internal static partial int SetProcessGroup(int process, int group);

    [LibraryImport(Library, EntryPoint = "setuid")]
    internal static partial int SetUser(uint user);

    /// <summary>Whether the terminal at standard input neither shows what is typed nor waits for the end of a line.</summary>
    internal static unsafe bool IsReadingKeys()
    {
        const int Icanon = 2, Echo = 8;
        // <c>struct termios</c>: c_lflag is the fourth number.
        uint* settings = stackalloc uint[32];
        return GetTerminalSettings(0, settings) == 0 && (settings[3] & (Icanon | Echo)) == 0;
    }

    [LibraryImport(Library, EntryPoint = "tcgetattr")]
    private static unsafe partial int GetTerminalSettings(int descriptor, uint* settings);

    [LibraryImport(Library, EntryPoint = "getrlimit")]
    internal static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport(Library, EntryPoint = "setrlimit")]
    internal static partial int SetLimit(int resource, in Limit limit);

    [LibraryImport(Library, EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Unmount(string target, int flags);

    [LibraryImport(Library, EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Mount(string source, string target, string kind, nuint flags, nint data);

    /// <summary><c>struct rlimit</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Limit
    {
        internal ulong Soft;
        internal ulong Hard;
    }
}
