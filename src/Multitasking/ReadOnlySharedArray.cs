using System.Globalization;
using Multitasking.SharedMemory;

namespace Multitasking;

/// <summary>A <see cref="SharedArray{T}"/> to be read only (<see cref="SharedArray{T}.AsReadOnly"/>): in a child it is mapped without the permission to write. What others write to the array is seen here.</summary>
/// <typeparam name="T">What it holds.</typeparam>
/// <remarks>
/// This keeps from mistakes, not from malice: a process that was given it can open the memory again with the rights of its user. What <see cref="SharedArray{T}"/> says of spans, disposal and threads holds here
/// too.
/// </remarks>
public sealed class ReadOnlySharedArray<T> : IDisposable, ISharedObject
    where T : unmanaged
{
    private Elements<T> _elements;

    internal ReadOnlySharedArray(SegmentLease lease, long length) => _elements = new Elements<T>(lease, length, this);

    /// <summary>How many elements there are.</summary>
    public long Length => _elements.Length;

    /// <inheritdoc cref="SharedArray{T}.Span"/>
    public ReadOnlySpan<T> Span => Slice(0, _elements.SpanLength);

    /// <inheritdoc cref="SharedArray{T}.Memory"/>
    public ReadOnlyMemory<T> Memory => AsMemory(0, _elements.SpanLength);

    /// <inheritdoc cref="SharedArray{T}.this[long]"/>
    public T this[long index]
    {
        get
        {
            using var use = _elements.Use();
            return _elements.At(index);
        }
    }

    /// <inheritdoc cref="SharedArray{T}.Slice"/>
    public ReadOnlySpan<T> Slice(long start, int length) => _elements.HandOut(start, length);

    /// <inheritdoc cref="SharedArray{T}.AsMemory"/>
    public ReadOnlyMemory<T> AsMemory(long start, int length) => _elements.AsMemory(start, length);

    /// <inheritdoc cref="SharedArray{T}.CopyTo"/>
    public void CopyTo(long start, Span<T> destination)
    {
        using var use = _elements.Use();
        _elements.Range(start, destination.Length).CopyTo(destination);
    }

    /// <inheritdoc cref="SharedArray{T}.Dispose"/>
    public void Dispose() => _elements.Lease.Dispose();

    /// <summary>Type and length.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ReadOnlySharedArray<{typeof(T).Name}>[{Length}]");

    SharedReference ISharedObject.Reference => _elements.Reference;

    void ISharedObject.Arrive(SharedArrival arrival) => _elements = Elements<T>.Arrived(arrival, this, isReadOnly: true);
}
