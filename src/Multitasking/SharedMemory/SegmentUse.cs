using Multitasking.Interop;

namespace Multitasking.SharedMemory;

/// <summary>Keeps memory mapped while it is used: another thread may dispose of the object meanwhile.</summary>
internal readonly struct SegmentUse : IDisposable
{
    private readonly SharedBlock _block;

    internal SegmentUse(SharedSegment segment, object owner)
    {
        _block = segment.Block;
        bool isHeld = false;
        try
        {
            _block.DangerousAddRef(ref isHeld);
        }
        catch (ObjectDisposedException)
        {
            ObjectDisposedException.ThrowIf(true, owner);
        }
    }

    public void Dispose() => _block.DangerousRelease();
}
