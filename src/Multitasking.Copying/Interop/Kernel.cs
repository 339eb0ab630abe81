using System.Runtime.InteropServices;

namespace Multitasking.Copying.Interop;

/// <summary>
/// The system calls in the kernel's own convention: a result below zero is minus the error number. Calls that a signal
/// interrupted are made again here, so nobody above has to think of it.
/// </summary>
internal static unsafe partial class Kernel
{
    /// <summary>Stands for the current directory where a folder's descriptor is expected.</summary>
    internal const int CurrentFolder = -100;

    private const int EmptyPath = 0x1000;
    private const int SymbolicLinkItself = 0x100;
    private const int EffectiveUser = 0x200;
    private const int OpenFilesLimit = 7;
    private const int InterruptSignal = 2;
    private const int HangUpSignal = 1;
    private const nint IgnoreSignal = 1;

    internal static int Open(int folder, byte* path, int flags, uint mode = 0)
    {
        int result;
        do
            result = Strikes(SystemCall.Open, out int scripted) ? scripted : Check(LibC.openat(folder, path, flags, mode));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Closes a descriptor. It is gone afterwards whatever the answer, so an interruption is not repeated.</summary>
    internal static int Close(int descriptor)
    {
        int result = Check(LibC.close(descriptor));
        if (Strikes(SystemCall.Close, out int scripted))
            result = scripted;
        return result == -Errno.Interrupted ? 0 : result;
    }

    internal static int Status(int descriptor, out FileStatus status)
    {
        byte none = 0;
        return Status(descriptor, &none, EmptyPath, out status);
    }

    /// <summary>The status of an entry of a folder; of the link itself when it is a symbolic link.</summary>
    internal static int StatusOf(int folder, byte* name, out FileStatus status) =>
        Status(folder, name, SymbolicLinkItself, out status);

    /// <summary>The status of what a path leads to, links followed.</summary>
    internal static int StatusFollowed(int folder, byte* path, out FileStatus status) => Status(folder, path, 0, out status);

    /// <summary>How many descriptors this process may have open.</summary>
    internal static long DescriptorLimit()
    {
        ResourceLimit limit;
        return LibC.getrlimit(OpenFilesLimit, &limit) == 0 ? (long)Math.Min(limit.Soft, int.MaxValue) : 1024;
    }

    /// <summary>Whether permission bits do not stop this process.</summary>
    internal static bool IsSuperuser() => LibC.geteuid() == 0;

    /// <summary>Has Ctrl-C, and a terminal that is closed, pass this process by, as a shell does with what it runs in the background.</summary>
    internal static void IgnoreTerminalSignals()
    {
        _ = LibC.signal(InterruptSignal, IgnoreSignal);
        _ = LibC.signal(HangUpSignal, IgnoreSignal);
    }

    /// <summary>Sets the process' file mode creation mask.</summary>
    internal static void SetCreationMask(uint mask) => _ = LibC.umask(mask);

    /// <summary>Whether this process may do something with an entry of a folder: 2 for writing, 1 for entering; 0 or minus the error number.</summary>
    internal static int Access(int folder, byte* name, int wanted) => Check(LibC.faccessat(folder, name, wanted, EffectiveUser));

    private static int Status(int folder, byte* path, int flags, out FileStatus status)
    {
        Statx raw = default;
        int result;
        do
            result = Strikes(SystemCall.Status, out int scripted) ? scripted : Check(LibC.statx(folder, path, flags, Statx.BasicStats, &raw));
        while (result == -Errno.Interrupted);
        status = result < 0 ? default : new FileStatus(raw);
        return result;
    }

    private static bool Strikes(SystemCall call, out int result)
    {
        long none = 0;
        return Strikes(call, ref none, out result);
    }

    private static bool Strikes(SystemCall call, ref long length, out int result)
    {
        result = 0;
        return FaultScript.Current is { } script && script.Strikes(call, ref length, out result);
    }

    private static int Check(int result) => result < 0 ? -Marshal.GetLastSystemError() : result;

    private static long Check(nint result) => result < 0 ? -Marshal.GetLastSystemError() : result;
}
