namespace Multitasking.Copying.Interop;

/// <summary>Calls about the entries of folders.</summary>
internal static unsafe partial class Kernel
{
    private const int IsFolder = 0x200;
    private const uint NoReplace = 1;
    private const nuint GetFlags = 0x80086601;

    /// <summary>Fills the buffer with entries of a folder. Zero means there are no more.</summary>
    internal static int ReadEntries(int folder, byte* buffer, int length)
    {
        long result;
        do
            result = Strikes(SystemCall.ReadEntries, out int scripted) ? scripted : Check((nint)LibC.syscall(SystemCallNumbers.ReadEntries, folder, buffer, length, 0));
        while (result == -Errno.Interrupted);
        return (int)result;
    }

    internal static int MakeFolder(int folder, byte* name, uint mode)
    {
        int result;
        do
            result = Strikes(SystemCall.MakeFolder, out int scripted) ? scripted : Check(LibC.mkdirat(folder, name, mode));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Makes a FIFO, a socket or a device; the mode holds the kind.</summary>
    internal static int MakeNode(int folder, byte* name, uint mode, ulong device)
    {
        int result;
        do
            result = Strikes(SystemCall.MakeNode, out int scripted) ? scripted : (int)Check((nint)LibC.syscall(SystemCallNumbers.MakeNode, folder, name, mode, (long)device));
        while (result == -Errno.Interrupted);
        return result;
    }

    internal static int RemoveFile(int folder, byte* name)
    {
        int result;
        do
            result = Strikes(SystemCall.Remove, out int scripted) ? scripted : Check(LibC.unlinkat(folder, name, 0));
        while (result == -Errno.Interrupted);
        return result;
    }

    internal static int RemoveFolder(int folder, byte* name)
    {
        int result;
        do
            result = Strikes(SystemCall.Remove, out int scripted) ? scripted : Check(LibC.unlinkat(folder, name, IsFolder));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Gives an entry another name in its folder; a file that had it is replaced at that instant.</summary>
    internal static int Rename(int folder, byte* from, byte* to) => Rename(folder, from, folder, to);

    internal static int Rename(int fromFolder, byte* from, int toFolder, byte* to)
    {
        int result;
        do
            result = Strikes(SystemCall.Rename, out int scripted) ? scripted : Check(LibC.renameat(fromFolder, from, toFolder, to));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>The same, but it fails with <see cref="Errno.Exists"/> where the name is taken. Some file systems cannot, and say <see cref="Errno.Invalid"/>.</summary>
    internal static int RenameNew(int fromFolder, byte* from, int toFolder, byte* to)
    {
        int result;
        do
            result = Strikes(SystemCall.Rename, out int scripted) ? scripted : Check(LibC.renameat2(fromFolder, from, toFolder, to, NoReplace));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Gives a file one more name.</summary>
    internal static int Link(int fromFolder, byte* from, int toFolder, byte* to)
    {
        int result;
        do
            result = Strikes(SystemCall.Link, out int scripted) ? scripted : Check(LibC.linkat(fromFolder, from, toFolder, to, 0));
        while (result == -Errno.Interrupted);
        return result;
    }

    internal static int MakeLink(byte* target, int folder, byte* name)
    {
        int result;
        do
            result = Strikes(SystemCall.MakeLink, out int scripted) ? scripted : Check(LibC.symlinkat(target, folder, name));
        while (result == -Errno.Interrupted);
        return result;
    }

    internal static long ReadLink(int folder, byte* name, byte* buffer, int length)
    {
        long result;
        do
            result = Strikes(SystemCall.ReadLink, out int scripted) ? scripted : Check(LibC.readlinkat(folder, name, buffer, (nuint)length));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>The flags of an open file or folder (<c>FS_IOC_GETFLAGS</c>, <c>ioctl_iflags(2)</c>), where its file system has such.</summary>
    internal static int Flags(int descriptor, out uint flags)
    {
        // The kernel writes 32 bits, whatever the request's name says.
        long value = 0;
        int result = Check(LibC.ioctl(descriptor, GetFlags, &value));
        flags = (uint)value;
        return result;
    }

    /// <summary>What sort of file system an open file lies on: its magic number (<c>statfs(2)</c>), or 0 where it cannot be told.</summary>
    internal static long FileSystemType(int descriptor)
    {
        StatFs raw;
        return LibC.fstatfs(descriptor, &raw) == 0 ? raw.Type : 0;
    }
}
