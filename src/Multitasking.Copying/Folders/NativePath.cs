using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Folders;

/// <summary>What is asked of a path as the user called it, before anything is open.</summary>
internal static unsafe class NativePath
{
    private const int MaxLength = 4096;

    /// <summary>The bytes with a NUL behind them.</summary>
    internal static byte[] Terminated(FilePath path) => [.. path.Bytes, 0];

    internal static int Status(FilePath path, out FileStatus status)
    {
        fixed (byte* name = Terminated(path))
            return Kernel.StatusOf(Kernel.CurrentFolder, name, out status);
    }

    internal static int StatusFollowed(FilePath path, out FileStatus status)
    {
        fixed (byte* name = Terminated(path))
            return Kernel.StatusFollowed(Kernel.CurrentFolder, name, out status);
    }

    internal static int Open(FilePath path, int flags)
    {
        fixed (byte* name = Terminated(path))
            return Kernel.Open(Kernel.CurrentFolder, name, flags);
    }

    internal static int MakeFolder(FilePath path, uint mode)
    {
        fixed (byte* name = Terminated(path))
            return Kernel.MakeFolder(Kernel.CurrentFolder, name, mode);
    }

    /// <summary>The path from <c>/</c>, without links, that an open folder has now.</summary>
    internal static FilePath Of(int descriptor)
    {
        byte* buffer = stackalloc byte[MaxLength];
        fixed (byte* link = Terminated($"/proc/self/fd/{descriptor}"))
        {
            long length = Kernel.ReadLink(Kernel.CurrentFolder, link, buffer, MaxLength);
            return length <= 0 ? default : new FilePath(new ReadOnlySpan<byte>(buffer, (int)length));
        }
    }
}
