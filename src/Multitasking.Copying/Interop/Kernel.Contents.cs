namespace Multitasking.Copying.Interop;

/// <summary>Calls about what is in a file.</summary>
internal static unsafe partial class Kernel
{
    private const nuint CloneFile = 0x40049409;
    private const int DataNotNeeded = 4;

    internal static long Read(int descriptor, byte* buffer, long length)
    {
        long result;
        do
            result = Strikes(SystemCall.Read, ref length, out int scripted) ? scripted : Check(LibC.read(descriptor, buffer, (nuint)length));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Reads at an offset, wherever the descriptor stands.</summary>
    internal static long ReadAt(int descriptor, byte* buffer, long length, long offset)
    {
        long result;
        do
            result = Strikes(SystemCall.Read, ref length, out int scripted) ? scripted : Check(LibC.pread(descriptor, buffer, (nuint)length, offset));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Writes all of it, in as many calls as that takes; the answer is the length or the error.</summary>
    internal static long WriteAll(int descriptor, byte* buffer, long length) => WriteAll(descriptor, buffer, length, offset: -1);

    /// <summary>The same at an offset, wherever the descriptor stands.</summary>
    internal static long WriteAllAt(int descriptor, byte* buffer, long length, long offset) => WriteAll(descriptor, buffer, length, offset);

    /// <summary>Copies inside the kernel, from where both files stand.</summary>
    internal static long CopyRange(int source, int target, long length)
    {
        long result;
        do
            result = Strikes(SystemCall.CopyRange, ref length, out int scripted) ? scripted : Check(LibC.copy_file_range(source, null, target, null, (nuint)length, 0));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>The same at an offset of both, wherever the descriptors stand.</summary>
    internal static long CopyRangeAt(int source, int target, long length, long offset)
    {
        long result;
        do
        {
            long from = offset, to = offset;
            result = Strikes(SystemCall.CopyRange, ref length, out int scripted) ? scripted : Check(LibC.copy_file_range(source, &from, target, &to, (nuint)length, 0));
        }
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Makes a file share all blocks of another one (<c>FICLONE</c>, <c>ioctl_ficlone(2)</c>).</summary>
    internal static int Reflink(int source, int target)
    {
        int result;
        do
            result = Strikes(SystemCall.Reflink, out int scripted) ? scripted : Check(LibC.ioctl(target, CloneFile, source));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Moves to the next byte that is not in a hole, at or behind an offset.</summary>
    internal static long SeekData(int descriptor, long offset) => Seek(descriptor, offset, origin: 3);

    /// <summary>Moves to the next hole at or behind an offset; the end of the file is one.</summary>
    internal static long SeekHole(int descriptor, long offset) => Seek(descriptor, offset, origin: 4);

    internal static long Seek(int descriptor, long offset) => Seek(descriptor, offset, origin: 0);

    /// <summary>Moves on from where the descriptor stands.</summary>
    internal static long SeekBy(int descriptor, long distance) => Seek(descriptor, distance, origin: 1);

    /// <summary>Sets the length of a file; what is added is a hole.</summary>
    internal static int SetLength(int descriptor, long length)
    {
        int result;
        do
            result = Strikes(SystemCall.Truncate, out int scripted) ? scripted : Check(LibC.ftruncate(descriptor, length));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Waits until the contents are on the device.</summary>
    internal static int SyncData(int descriptor)
    {
        int result;
        do
            result = Strikes(SystemCall.Sync, out int scripted) ? scripted : Check(LibC.fdatasync(descriptor));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Drops the contents from the page cache, as far as they are on the device. A hint: nothing depends on it.</summary>
    internal static void DropCache(int descriptor) => _ = LibC.posix_fadvise(descriptor, 0, 0, DataNotNeeded);

    private static long Seek(int descriptor, long offset, int origin)
    {
        long result;
        do
            result = Strikes(SystemCall.Seek, out int scripted) ? scripted : Check((nint)LibC.lseek(descriptor, offset, origin));
        while (result == -Errno.Interrupted);
        return result;
    }

    private static long WriteAll(int descriptor, byte* buffer, long length, long offset)
    {
        long written = 0;
        while (written < length)
        {
            long most = length - written;
            long result = Strikes(SystemCall.Write, ref most, out int scripted) ? scripted
                : Check(offset < 0
                    ? LibC.write(descriptor, buffer + written, (nuint)most)
                    : LibC.pwrite(descriptor, buffer + written, (nuint)most, offset + written));
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
}
