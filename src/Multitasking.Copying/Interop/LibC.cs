using System.Runtime.InteropServices;

namespace Multitasking.Copying.Interop;

/// <summary>Every native function the engine calls, with blittable signatures, exactly as the C library declares them.</summary>
/// <remarks>Call them through <see cref="Kernel"/>, which turns <c>-1</c> and <c>errno</c> into one negative number.</remarks>
internal static unsafe partial class LibC
{
    private const string Library = "libc";

    [LibraryImport(Library)]
    internal static partial int openat(int folder, byte* path, int flags, uint mode);

    [LibraryImport(Library)]
    internal static partial int close(int descriptor);

    [LibraryImport(Library)]
    internal static partial int statx(int folder, byte* path, int flags, uint mask, Statx* status);

    /// <summary>For calls that the C library has only had a name for since 2.30 or 2.33, which is later than what .NET itself needs.</summary>
    [LibraryImport(Library)]
    internal static partial long syscall(long number, int first, byte* second, long third, long fourth);

    [LibraryImport(Library)]
    internal static partial nint read(int descriptor, byte* buffer, nuint length);

    [LibraryImport(Library)]
    internal static partial nint write(int descriptor, byte* buffer, nuint length);

    [LibraryImport(Library)]
    internal static partial nint copy_file_range(int source, long* sourceOffset, int target, long* targetOffset, nuint length, uint flags);

    [LibraryImport(Library)]
    internal static partial int mkdirat(int folder, byte* path, uint mode);

    [LibraryImport(Library)]
    internal static partial int unlinkat(int folder, byte* path, int flags);

    [LibraryImport(Library)]
    internal static partial int renameat(int fromFolder, byte* from, int toFolder, byte* to);

    [LibraryImport(Library)]
    internal static partial int symlinkat(byte* target, int folder, byte* path);

    [LibraryImport(Library)]
    internal static partial nint readlinkat(int folder, byte* path, byte* buffer, nuint length);

    [LibraryImport(Library)]
    internal static partial int utimensat(int folder, byte* path, TimeSpec* times, int flags);

    [LibraryImport(Library)]
    internal static partial int futimens(int descriptor, TimeSpec* times);

    [LibraryImport(Library)]
    internal static partial int fchmod(int descriptor, uint mode);

    [LibraryImport(Library)]
    internal static partial int fchmodat(int folder, byte* path, uint mode, int flags);

    [LibraryImport(Library)]
    internal static partial long lseek(int descriptor, long offset, int origin);

    [LibraryImport(Library)]
    internal static partial int ftruncate(int descriptor, long length);

    [LibraryImport(Library)]
    internal static partial int getrlimit(int resource, ResourceLimit* limit);

    [LibraryImport(Library)]
    internal static partial uint geteuid();

    [LibraryImport(Library)]
    internal static partial nint signal(int number, nint action);

    [LibraryImport(Library)]
    internal static partial uint umask(uint mask);

    [LibraryImport(Library)]
    internal static partial int faccessat(int folder, byte* path, int mode, int flags);

    [LibraryImport(Library)]
    internal static partial nint pread(int descriptor, byte* buffer, nuint length, long offset);

    [LibraryImport(Library)]
    internal static partial nint pwrite(int descriptor, byte* buffer, nuint length, long offset);

    [LibraryImport(Library)]
    internal static partial int ioctl(int descriptor, nuint request, nint argument);

    [LibraryImport(Library)]
    internal static partial int ioctl(int descriptor, nuint request, long* argument);

    [LibraryImport(Library)]
    internal static partial int fdatasync(int descriptor);

    /// <summary>Unlike the others it returns the error number itself.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_fadvise(int descriptor, long offset, long length, int advice);

    [LibraryImport(Library)]
    internal static partial int fstatfs(int descriptor, StatFs* status);

    [LibraryImport(Library)]
    internal static partial int renameat2(int fromFolder, byte* from, int toFolder, byte* to, uint flags);

    [LibraryImport(Library)]
    internal static partial int linkat(int fromFolder, byte* from, int toFolder, byte* to, int flags);

    [LibraryImport(Library)]
    internal static partial int fchown(int descriptor, uint user, uint group);

    [LibraryImport(Library)]
    internal static partial int fchownat(int folder, byte* path, uint user, uint group, int flags);

    [LibraryImport(Library)]
    internal static partial nint flistxattr(int descriptor, byte* names, nuint length);

    [LibraryImport(Library)]
    internal static partial nint fgetxattr(int descriptor, byte* name, byte* value, nuint length);

    [LibraryImport(Library)]
    internal static partial int fsetxattr(int descriptor, byte* name, byte* value, nuint length, int flags);

    [LibraryImport(Library)]
    internal static partial int fremovexattr(int descriptor, byte* name);

    [LibraryImport(Library)]
    internal static partial nint llistxattr(byte* path, byte* names, nuint length);

    [LibraryImport(Library)]
    internal static partial nint lgetxattr(byte* path, byte* name, byte* value, nuint length);

    [LibraryImport(Library)]
    internal static partial int lsetxattr(byte* path, byte* name, byte* value, nuint length, int flags);

    [LibraryImport(Library)]
    internal static partial int lremovexattr(byte* path, byte* name);
}
