using System.Runtime.InteropServices;
using Multitasking.Copying;

namespace Mtcopy.Interop;

/// <summary>A file that is only ever added to.</summary>
internal sealed class AppendedFile : IDisposable
{
    private const int WriteOnly = 1;
    private const int Create = 0x40;
    private const int NoTerminal = 0x100;
    private const int Append = 0x400;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const uint ReadWriteForAll = 0x1B6;
    private const int FromHere = 1;

    private readonly int _descriptor;

    private AppendedFile(int descriptor) => _descriptor = descriptor;

    /// <summary>Opens it, or creates it with what the user's mask leaves of read and write.</summary>
    /// <returns>The file; null when it cannot be opened, or is a link, or nothing that keeps what is written: <paramref name="error"/> is the system's number, or 0 for the last of these.</returns>
    public static unsafe AppendedFile? TryOpen(FilePath path, out int error)
    {
        fixed (byte* name = PathKind.Terminated(path))
        {
            // Whoever may write beside the log must not make it a link to another file, or a FIFO at which this waits for ever.
            int descriptor = LibC.Open(name, WriteOnly | Create | NoTerminal | Append | NonBlocking | CloseOnExec | PathKind.NoFollow, ReadWriteForAll);
            error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (descriptor < 0)
                return null;
            if (LibC.Seek(descriptor, 0, FromHere) >= 0)
                return new AppendedFile(descriptor);
            _ = LibC.Close(descriptor);
            return null;
        }
    }

    /// <summary>Adds all of it.</summary>
    /// <returns>0, or the system's number of what went wrong.</returns>
    public int Write(ReadOnlySpan<byte> bytes) => Descriptors.Write(_descriptor, bytes);

    public void Dispose() => _ = LibC.Close(_descriptor);
}
