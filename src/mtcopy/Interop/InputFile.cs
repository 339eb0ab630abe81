using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Multitasking.Copying;

namespace Mtcopy.Interop;

/// <summary>Files that the command itself reads. .NET opens none whose name is not UTF-8.</summary>
internal static partial class InputFile
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;
    private const int StandardInput = 0;

    /// <summary>Reads all of a file, a pipe or, for <c>-</c>, standard input.</summary>
    /// <exception cref="IOException">It cannot be read; the message has the reason alone.</exception>
    public static byte[] ReadAll(FilePath path)
    {
        bool isStandardInput = path.Bytes.SequenceEqual("-"u8);
        int descriptor = isStandardInput ? StandardInput : Open(path);
        if (descriptor < 0)
            throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        try
        {
            using var handle = new SafeFileHandle(descriptor, ownsHandle: !isStandardInput);
            using var file = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            using var all = new MemoryStream();
            file.CopyTo(all);
            return all.ToArray();
        }
        catch (UnauthorizedAccessException)
        {
            // .NET's word for EISDIR, with a text that is about permissions.
            throw new IOException("Is a directory");
        }
    }

    private static unsafe int Open(FilePath path)
    {
        byte[] terminated = [.. path.Bytes, 0];
        fixed (byte* name = terminated)
            return Open(name, ReadOnly | CloseOnExec);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static unsafe partial int Open(byte* path, int flags);
}
