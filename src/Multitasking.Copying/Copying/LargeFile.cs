using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Reporting;

namespace Multitasking.Copying.Copying;

/// <summary>
/// Copies the contents of a file in pieces, so that a cancellation is noticed within one: inside the kernel where it can
/// (<c>copy_file_range</c>, which may not even touch the data), else by reading and writing.
/// </summary>
internal static class LargeFile
{
    private const long Piece = 16 * 1024 * 1024;

    internal static Fault Copy(int source, int target, in FileStatus status, CopyBuffer buffer, Tally tally, CancellationToken cancellation)
    {
        Fault fault = status.AllocatedBytes < status.Size
            ? CopyData(source, target, status.Size, buffer, tally, cancellation)
            : CopyRange(source, target, status.Size, buffer, tally, cancellation);
        if (!fault.IsNone)
            return fault;

        int result = Kernel.Status(source, out FileStatus now);
        if (result < 0)
            return Fault.OfSource("cannot read the status", result);
        return now.HasSameSizeAndTimeAs(status) ? default : Fault.Of(CopyErrorKind.SourceChanged, "it was written to while it was being copied");
    }

    /// <summary>Copies what is not in holes; the copy gets the same holes.</summary>
    private static Fault CopyData(int source, int target, long size, CopyBuffer buffer, Tally tally, CancellationToken cancellation)
    {
        for (long position = 0; position < size;)
        {
            long data = Kernel.SeekData(source, position);
            if (data == -Errno.NoSuchDevice)
            {
                tally.BytesPassed += size - position;
                break;
            }

            long hole = data < 0 ? data : Kernel.SeekHole(source, data);
            if (hole < 0)
                return Fault.OfSource("cannot find its holes", hole);
            hole = Math.Min(hole, size);
            if (Kernel.Seek(source, data) is < 0 and var lost)
                return Fault.OfSource("cannot seek", lost);
            if (Kernel.Seek(target, data) is < 0 and var failed)
                return Fault.OfDestination("cannot seek", failed);
            Fault fault = CopyRange(source, target, hole - data, buffer, tally, cancellation);
            if (!fault.IsNone)
                return fault;
            tally.BytesPassed += data - position;
            position = hole;
        }

        int result = Kernel.SetLength(target, size);
        return result < 0 ? Fault.OfDestination("cannot set the length", result) : default;
    }

    /// <summary>Copies so many bytes from where both files stand.</summary>
    private static Fault CopyRange(int source, int target, long length, CopyBuffer buffer, Tally tally, CancellationToken cancellation)
    {
        bool inKernel = true;
        while (length > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            long copied = inKernel ? Kernel.CopyRange(source, target, Math.Min(length, Piece)) : 0;
            if (copied <= 0)
            {
                // Not between these two file systems, or not for this file, or a real failure, or the end: reading and writing
                // works for the first two and tells the others apart.
                inKernel = false;
                Fault fault = CopyPiece(source, target, Math.Min(length, CopyBuffer.Size), buffer, out copied);
                if (!fault.IsNone)
                    return fault;
            }

            length -= copied;
            tally.BytesCopied += copied;
        }

        return default;
    }

    private static unsafe Fault CopyPiece(int source, int target, long length, CopyBuffer buffer, out long copied)
    {
        copied = Kernel.Read(source, buffer.Start, length);
        if (copied < 0)
            return Fault.OfSource("cannot read", copied);
        if (copied == 0)
            return Fault.Of(CopyErrorKind.SourceChanged, "it shrank while it was being copied");
        return Kernel.WriteAll(target, buffer.Start, copied) is < 0 and var failed ? Fault.OfDestination("cannot write", failed) : default;
    }
}
