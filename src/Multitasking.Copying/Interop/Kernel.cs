using System.Runtime.InteropServices;

namespace Multitasking.Copying.Interop;

/// <summary>
/// The system calls in the kernel's own convention: a result below zero is minus the error number. Calls that a signal
/// interrupted are made again here, so nobody above has to think of it.
/// </summary>
internal static unsafe class Kernel
{
    /// <summary>Stands for the current directory where a folder's descriptor is expected.</summary>
    internal const int CurrentFolder = -100;

    private const int EmptyPath = 0x1000;
    private const int SymbolicLinkItself = 0x100;
    private const int OpenFilesLimit = 7;

    internal static int Open(int folder, byte* path, int flags, uint mode = 0)
    {
        int result;
        do
            result = Check(LibC.openat(folder, path, flags, mode));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Closes a descriptor. It is gone afterwards whatever the answer, so an interruption is not repeated.</summary>
    internal static int Close(int descriptor)
    {
        int result = Check(LibC.close(descriptor));
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

    /// <summary>Fills the buffer with entries of a folder. Zero means there are no more.</summary>
    internal static int ReadEntries(int folder, byte* buffer, int length)
    {
        long result;
        do
            result = Check(LibC.getdents64(folder, buffer, (nuint)length));
        while (result == -Errno.Interrupted);
        return (int)result;
    }

    internal static long Read(int descriptor, byte* buffer, long length)
    {
        long result;
        do
            result = Check(LibC.read(descriptor, buffer, (nuint)length));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Writes all of it, in as many calls as that takes; the answer is the length or the error.</summary>
    internal static long WriteAll(int descriptor, byte* buffer, long length)
    {
        long written = 0;
        while (written < length)
        {
            long result = Check(LibC.write(descriptor, buffer + written, (nuint)(length - written)));
            if (result == -Errno.Interrupted)
                continue;
            if (result < 0)
                return result;
            if (result == 0)
                return -Errno.InputOutput;
            written += result;
        }

        return written;
    }

    internal static long CopyRange(int source, int target, long length)
    {
        long result;
        do
            result = Check(LibC.copy_file_range(source, null, target, null, (nuint)length, 0));
        while (result == -Errno.Interrupted);
        return result;
    }

    internal static int MakeFolder(int folder, byte* name, uint mode) => Check(LibC.mkdirat(folder, name, mode));

    internal static int RemoveFile(int folder, byte* name) => Check(LibC.unlinkat(folder, name, 0));

    /// <summary>Gives an entry another name in its folder; a file that had it is replaced at that instant.</summary>
    internal static int Rename(int folder, byte* from, byte* to) => Check(LibC.renameat(folder, from, folder, to));

    internal static int MakeLink(byte* target, int folder, byte* name) => Check(LibC.symlinkat(target, folder, name));

    internal static long ReadLink(int folder, byte* name, byte* buffer, int length) =>
        Check(LibC.readlinkat(folder, name, buffer, (nuint)length));

    /// <summary>Sets the time of last modification of an open file or folder and leaves that of last access alone.</summary>
    internal static int SetModified(int descriptor, TimeSpec modified)
    {
        TimeSpec* times = stackalloc TimeSpec[2] { TimeSpec.Omitted, modified };
        return Check(LibC.futimens(descriptor, times));
    }

    /// <summary>The same for an entry of a folder; for the link itself when it is a symbolic link.</summary>
    internal static int SetModifiedOf(int folder, byte* name, TimeSpec modified)
    {
        TimeSpec* times = stackalloc TimeSpec[2] { TimeSpec.Omitted, modified };
        return Check(LibC.utimensat(folder, name, times, SymbolicLinkItself));
    }

    internal static int SetMode(int descriptor, uint mode) => Check(LibC.fchmod(descriptor, mode));

    /// <summary>Sets the mode of an entry of a folder, which need not be one that this user may open; a symbolic link is not followed.</summary>
    internal static int SetModeOf(int folder, byte* name, uint mode) => Check(LibC.fchmodat(folder, name, mode, SymbolicLinkItself));

    /// <summary>Moves to the next byte that is not in a hole, at or behind an offset.</summary>
    internal static long SeekData(int descriptor, long offset) => Check((nint)LibC.lseek(descriptor, offset, 3));

    /// <summary>Moves to the next hole at or behind an offset; the end of the file is one.</summary>
    internal static long SeekHole(int descriptor, long offset) => Check((nint)LibC.lseek(descriptor, offset, 4));

    internal static long Seek(int descriptor, long offset) => Check((nint)LibC.lseek(descriptor, offset, 0));

    /// <summary>Sets the length of a file; what is added is a hole.</summary>
    internal static int SetLength(int descriptor, long length) => Check(LibC.ftruncate(descriptor, length));

    /// <summary>How many descriptors this process may have open.</summary>
    internal static long DescriptorLimit()
    {
        ResourceLimit limit;
        return LibC.getrlimit(OpenFilesLimit, &limit) == 0 ? (long)Math.Min(limit.Soft, int.MaxValue) : 1024;
    }

    /// <summary>Whether permission bits do not stop this process.</summary>
    internal static bool IsSuperuser() => LibC.geteuid() == 0;

    private static int Status(int folder, byte* path, int flags, out FileStatus status)
    {
        Statx raw;
        int result = Check(LibC.statx(folder, path, flags, Statx.BasicStats, &raw));
        status = result < 0 ? default : new FileStatus(raw);
        return result;
    }

    private static int Check(int result) => result < 0 ? -Marshal.GetLastSystemError() : result;

    private static long Check(nint result) => result < 0 ? -Marshal.GetLastSystemError() : result;
}
