namespace Multitasking.SharedMemory;

/// <summary>
/// Memory that holds values and nothing else: nobody need know who uses it, and nothing in it is to be put in order when one of them dies.
/// </summary>
internal sealed class ArrayCore
{
    // The size of a large page, on x64 and, with pages of 4 KiB, on arm64.
    private const long LargePage = 2 << 20;

    internal ArrayCore(SharedSegment segment, bool isSealed = false)
    {
        IsSealed = isSealed;
        if (segment.Size >= LargePage)
            segment.Block.AdviseForBulk();
        long size = segment.Size;
        MappedMemory.Add(size);
        segment.Block.BeforeRelease = () => MappedMemory.Remove(size);
    }

    /// <summary>Tells whether this process alone can write it, so that it is of no use to another but to read.</summary>
    internal bool IsSealed { get; }
}
