using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Multitasking.Fuse.Interop;

/// <summary>The calls of the C library that a file system needs; each sets the last error.</summary>
internal static partial class LibC
{
    internal const uint MS_NOSUID = 2;
    internal const uint MS_NODEV = 4;
    internal const int MNT_FORCE = 1;
    internal const int MNT_DETACH = 2;
    internal const int UMOUNT_NOFOLLOW = 8;

    private const string Library = "libc.so.6";

    [LibraryImport(Library, EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();

    [LibraryImport(Library, EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Mount(string source, string folder, string type, nuint flags, string options);

    [LibraryImport(Library, EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Unmount(string folder, int flags);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(SafeFileHandle file, Span<byte> buffer, nuint length);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(SafeFileHandle file, ReadOnlySpan<byte> buffer, nuint length);
}
