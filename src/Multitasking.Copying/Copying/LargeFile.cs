using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Copying;

/// <summary>
/// Copies the contents of a file in pieces, so that a cancellation, a pause and a limit of speed are noticed within one: inside the kernel where it can
/// (<c>copy_file_range</c>, which may not even touch the data), else by reading and writing.
/// </summary>
internal static class LargeFile
{
    private const long Piece = 16 * 1024 * 1024;

    internal static Fault Copy(int source, int target, in FileStatus status, CopierTools tools)
    {
        int result = Kernel.Status(target, out FileStatus created);
        if (result < 0)
            return Fault.OfDestination("cannot read the status of the new file", result);
        CopyRoute route = tools.Routes.Between(status.Identity, created.Identity);
        var copy = new PieceCopier(source, target, tools, route);
        Fault fault;
        // Holes need not be read to be left out.
        if (tools.Settings.Sparse != SparseHandling.Never && status.IsSparse)
            fault = CopyData(ref copy, source, target, status.Size, tools);
        else if (status.Size >= SplitFile.MinSize && tools.Settings.Sparse != SparseHandling.Always && tools.Pacer.BytesPerSecond == 0 && route is not { IsSettled: true, Streams: 1 })
            fault = new SplitFile(source, target, status.Size, tools, route).Copy();
        else
            fault = CopyRange(ref copy, status.Size, tools);
        // What was left out at the end, as a hole, is made by the length.
        if (fault.IsNone && copy.MayLackEnd)
            fault = SetLength(target, status.Size);
        if (!fault.IsNone)
            return fault;

        result = Kernel.Status(source, out FileStatus now);
        if (result < 0)
            return Fault.OfSource("cannot read the status", result);
        return now.HasSameSizeAndTimeAs(status) ? default : Fault.Of(CopyErrorKind.SourceChanged, "it was written to while it was being copied");
    }

    /// <summary>How many bytes of a file are not in holes; all of them where that cannot be told.</summary>
    internal static long LengthOfData(int source, long size)
    {
        long length = 0;
        for (long position = 0; position < size;)
        {
            long data = Kernel.SeekData(source, position);
            if (data == -Errno.NoSuchDevice)
                break;
            long hole = data < 0 ? data : Kernel.SeekHole(source, data);
            if (hole < 0)
                return size;
            position = Math.Min(hole, size);
            length += position - Math.Min(data, size);
        }

        return length;
    }

    /// <summary>Copies what is not in holes; the copy gets the same holes.</summary>
    private static Fault CopyData(ref PieceCopier copy, int source, int target, long size, CopierTools tools)
    {
        for (long position = 0; position < size;)
        {
            long data = Kernel.SeekData(source, position);
            if (data == -Errno.NoSuchDevice)
            {
                tools.Tally.BytesPassed += size - position;
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
            Fault fault = CopyRange(ref copy, hole - data, tools);
            if (!fault.IsNone)
                return fault;
            tools.Tally.BytesPassed += data - position;
            position = hole;
        }

        return SetLength(target, size);
    }

    /// <summary>Copies so many bytes from where both files stand.</summary>
    private static Fault CopyRange(ref PieceCopier copy, long length, CopierTools tools)
    {
        long piece = tools.Pacer.LargestPiece(Piece);
        long paid = 0;
        while (length > 0)
        {
            // Less may be copied than was asked for: what was paid for is used up first.
            long due = paid > 0 ? 0 : Math.Min(length, piece);
            tools.Pass(due);
            paid += due;
            Fault fault = copy.Copy(paid, out long copied);
            if (!fault.IsNone)
                return fault;
            length -= copied;
            paid -= copied;
            tools.Tally.BytesCopied += copied;
        }

        return default;
    }

    private static Fault SetLength(int target, long size) =>
        Kernel.SetLength(target, size) is < 0 and var failed ? Fault.OfDestination("cannot set the length", failed) : default;
}
