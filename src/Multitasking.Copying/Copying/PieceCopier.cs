using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Copying;

/// <summary>Copies a piece of a file from where both sides stand, in the way that works between their devices.</summary>
internal unsafe ref struct PieceCopier(int source, int target, CopierTools tools, CopyRoute route)
{
    private const int Block = 4096;

    private readonly bool _makesHoles = tools.Settings.Sparse == SparseHandling.Always;
    private bool _inKernel = route.CanCopyRange && tools.Settings.Sparse == SparseHandling.Keep;
    private bool _hasCopied;

    /// <summary>Whether the last bytes may have been left out as a hole.</summary>
    internal readonly bool MayLackEnd => _makesHoles;

    /// <summary>Copies at least one byte, and at most the length.</summary>
    internal Fault Copy(long length, out long copied)
    {
        copied = _inKernel ? Kernel.CopyRange(source, target, length) : 0;
        if (copied > 0)
        {
            _hasCopied = true;
            return default;
        }

        if (_inKernel)
        {
            if (copied < 0 && _hasCopied && !MeansNotHere(copied))
                return Fault.OfDestination("cannot copy", copied);
            // Not between these file systems, or not for this file, or a failure, or the end: reading and writing works for the first
            // two and tells the others apart. Some file systems answer 0 where they should say that they cannot.
            _inKernel = false;
            if (copied is -Errno.CrossDevice or -Errno.NotImplemented or -Errno.NotSupported)
                route.CanCopyRange = false;
        }

        return CopyThroughMemory(Math.Min(length, CopyBuffer.Size), out copied);
    }

    /// <summary>What <c>copy_file_range</c> says where it cannot, in various kernels and file systems (<c>copy_file_range(2)</c>, and GNU cp's list).</summary>
    private static bool MeansNotHere(long result) => result is -Errno.CrossDevice or -Errno.Invalid or -Errno.NotPermitted or -Errno.NotImplemented
        or -Errno.NotSupported or -Errno.BadDescriptor or -Errno.TextBusy or -Errno.AccessDenied or -Errno.NotFound or -Errno.FileTooBig or -Errno.InputOutput;

    private readonly Fault CopyThroughMemory(long length, out long copied)
    {
        byte* buffer = tools.Buffer.Start;
        copied = Kernel.Read(source, buffer, length);
        if (copied < 0)
            return Fault.OfSource("cannot read", copied);
        if (copied == 0)
            return Fault.Of(CopyErrorKind.SourceChanged, "it shrank while it was being copied");
        long written = _makesHoles ? WriteData(buffer, copied) : Kernel.WriteAll(target, buffer, copied);
        return written < 0 ? Fault.OfDestination("cannot write", written) : default;
    }

    /// <summary>Writes what is not zeros, and steps over whole blocks that are.</summary>
    private readonly long WriteData(byte* buffer, long length)
    {
        for (long start = 0; start < length;)
        {
            bool isZero = IsZero(buffer + start, Math.Min(Block, length - start));
            long end = start;
            do
                end = Math.Min(end + Block, length);
            while (end < length && IsZero(buffer + end, Math.Min(Block, length - end)) == isZero);
            long result = isZero ? Kernel.SeekBy(target, end - start) : Kernel.WriteAll(target, buffer + start, end - start);
            if (result < 0)
                return result;
            start = end;
        }

        return length;
    }

    private static bool IsZero(byte* bytes, long length) => !new ReadOnlySpan<byte>(bytes, (int)length).ContainsAnyExcept((byte)0);
}
