using System.Runtime.InteropServices;

namespace Multitasking.Copying.Tests.Support;

/// <summary>The system calls of <see cref="Listing"/>: its own, so that it shares no mistake with the engine.</summary>
internal static unsafe partial class ListingCalls
{
    private const int CurrentFolder = -100;
    private const int NotFollowed = 0x100;
    private const int NoSuchDevice = 6;

    /// <summary>Fills 256 bytes with a <c>struct statx</c>.</summary>
    internal static void Status(byte[] path, Span<byte> status)
    {
        fixed (byte* name = path, into = status)
            Check(statx(CurrentFolder, name, NotFollowed, 0x7FF, into), path);
    }

    internal static byte[] ReadLink(byte[] path)
    {
        var into = new byte[4096];
        fixed (byte* name = path, start = into)
            return into[..(int)Check(readlinkat(CurrentFolder, name, start, (nuint)into.Length), path)];
    }

    /// <summary>The names of the extended attributes; none where the file system has no such thing.</summary>
    internal static byte[][] AttributeNames(byte[] path)
    {
        var into = new byte[64 * 1024];
        fixed (byte* name = path, start = into)
        {
            nint length = llistxattr(name, start, (nuint)into.Length);
            if (length < 0 && Marshal.GetLastSystemError() == 95)
                return [];
            var names = new List<byte[]>();
            for (int at = 0; at < Check(length, path);)
            {
                int end = Array.IndexOf(into, (byte)0, at);
                names.Add(into[at..(end + 1)]);
                at = end + 1;
            }

            return [.. names];
        }
    }

    internal static byte[] Attribute(byte[] path, byte[] attribute)
    {
        var into = new byte[64 * 1024];
        fixed (byte* name = path, key = attribute, start = into)
            return into[..(int)Check(lgetxattr(name, key, start, (nuint)into.Length), path)];
    }

    internal static int Open(byte[] path)
    {
        // Without following and without waiting: whatever it is by now, this neither hangs nor leaves the tree.
        fixed (byte* name = path)
            return (int)Check(openat(CurrentFolder, name, 0x80000 | 0x800 | (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000), 0), path);
    }

    internal static void Close(int descriptor) => Assert.Equal(0, close(descriptor));

    internal static int Read(int descriptor, Span<byte> into, long offset)
    {
        fixed (byte* start = into)
            return (int)Check(pread(descriptor, start, (nuint)into.Length, offset), []);
    }

    /// <summary>Where data begins (3) or a hole (4), at or behind an offset; -1 when there is no more of it.</summary>
    internal static long Seek(int descriptor, long offset, int origin)
    {
        long found = lseek(descriptor, offset, origin);
        return found < 0 && Marshal.GetLastSystemError() == NoSuchDevice ? -1 : Check((nint)found, []);
    }

    private static nint Check(nint result, byte[] path)
    {
        if (result < 0)
            Assert.Fail($"{new FilePath(path.AsSpan(0, Math.Max(0, path.Length - 1)))}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastSystemError())}");
        return result;
    }

    [LibraryImport("libc")]
    private static partial int statx(int folder, byte* path, int flags, uint mask, byte* status);

    [LibraryImport("libc")]
    private static partial nint readlinkat(int folder, byte* path, byte* into, nuint length);

    [LibraryImport("libc")]
    private static partial nint llistxattr(byte* path, byte* names, nuint length);

    [LibraryImport("libc")]
    private static partial nint lgetxattr(byte* path, byte* name, byte* value, nuint length);

    [LibraryImport("libc")]
    private static partial int openat(int folder, byte* path, int flags, uint mode);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    [LibraryImport("libc")]
    private static partial nint pread(int descriptor, byte* into, nuint length, long offset);

    [LibraryImport("libc")]
    private static partial long lseek(int descriptor, long offset, int origin);
}
