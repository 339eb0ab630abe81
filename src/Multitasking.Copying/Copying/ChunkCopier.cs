using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Copying;

/// <summary>Copies a piece of a file at an offset of both sides, for one of several threads that copy it together.</summary>
internal sealed unsafe class ChunkCopier(int source, int target, CopierTools tools, CopyRoute route)
{
    private CopyBuffer? _buffer;
    private bool _inKernel = route.CanCopyRange && tools.Settings.Sparse == SparseHandling.Keep;

    /// <summary>Copies at least one byte, and at most the length.</summary>
    internal Fault Copy(long offset, long length, out long copied)
    {
        copied = _inKernel ? Kernel.CopyRangeAt(source, target, length, offset) : 0;
        if (copied > 0)
            return default;
        // As with a single copier: what the kernel cannot, or will not, is read and written, which tells failures from the rest.
        _inKernel = false;
        _buffer ??= new CopyBuffer();
        copied = Kernel.ReadAt(source, _buffer.Start, Math.Min(length, CopyBuffer.Size), offset);
        if (copied < 0)
            return Fault.OfSource("cannot read", copied);
        if (copied == 0)
            return Fault.Of(CopyErrorKind.SourceChanged, "it shrank while it was being copied");
        return Kernel.WriteAllAt(target, _buffer.Start, copied, offset) is < 0 and var failed ? Fault.OfDestination("cannot write", failed) : default;
    }
}
