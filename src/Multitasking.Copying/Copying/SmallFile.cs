using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Copying;

/// <summary>Copies the contents of a file that fits the worker's buffer: one read, one write.</summary>
internal static unsafe class SmallFile
{
    /// <summary>The largest file that is copied this way. From there on the kernel copies about as fast by itself.</summary>
    internal const int MaxSize = CopyBuffer.Size - 1;

    /// <summary>Whether a file is copied this way: one that is small, and need not be slowed down within.</summary>
    internal static bool Holds(in FileStatus status, CopierTools tools) => status.Size <= tools.Pacer.LargestPiece(MaxSize);

    internal static Fault Copy(int source, int target, in FileStatus status, CopierTools tools)
    {
        tools.Pass(status.Size);
        byte* buffer = tools.Buffer.Start;
        // One byte more is asked for than there should be: then a single read also tells that the file did not grow.
        long length = 0;
        long wanted = status.Size + 1;
        while (length < wanted)
        {
            long read = Kernel.Read(source, buffer + length, wanted - length);
            if (read < 0)
                return Fault.OfSource("cannot read", read);
            length += read;
            // Less than asked for is the end of a regular file; a file system that gives less before it is caught by the size.
            if (read == 0 || length == status.Size)
                break;
        }

        if (length != status.Size)
            return Fault.Of(CopyErrorKind.SourceChanged, length > status.Size ? "it grew while it was being copied" : "it shrank while it was being copied");
        if (Kernel.WriteAll(target, buffer, length) is < 0 and var failed)
            return Fault.OfDestination("cannot write", failed);
        tools.Tally.BytesCopied += length;
        return default;
    }
}
