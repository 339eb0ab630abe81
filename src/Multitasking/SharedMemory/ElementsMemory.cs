using System.Buffers;

namespace Multitasking.SharedMemory;

/// <summary>A <see cref="Memory{T}"/> of elements in shared memory; it keeps their object alive, and a pin keeps them where they are even when that is disposed.</summary>
/// <typeparam name="T">Of what type.</typeparam>
/// <param name="elements">The object's elements.</param>
/// <param name="start">The first of the memory's.</param>
/// <param name="length">How many of them.</param>
internal sealed unsafe class ElementsMemory<T>(Elements<T> elements, long start, int length) : MemoryManager<T>
    where T : unmanaged
{
    // The base class would ask for the span; but an array that has handed out one is not freed when it is forgotten.
    public override Memory<T> Memory => CreateMemory(length);

    public override Span<T> GetSpan() => elements.HandOut(start, length);

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elementIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elementIndex, length);
        // Not returned here but by Unpin.
        _ = elements.Use();
        return new MemoryHandle((T*)elements.Start + start + elementIndex, default, this);
    }

    public override void Unpin() => elements.Lease.Segment.Block.DangerousRelease();

    protected override void Dispose(bool disposing)
    {
        // The memory is its object's, not this one's.
    }
}
