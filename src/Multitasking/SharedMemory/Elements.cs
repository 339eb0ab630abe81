using System.Globalization;
using System.Runtime.CompilerServices;

namespace Multitasking.SharedMemory;

/// <summary>Elements one after the other in shared memory: what arrays and views of them have in common.</summary>
/// <typeparam name="T">Of what type.</typeparam>
/// <param name="lease">The object's share in the memory.</param>
/// <param name="length">How many.</param>
/// <param name="owner">The object.</param>
internal sealed unsafe class Elements<T>(SegmentLease lease, long length, object owner)
    where T : unmanaged
{
    internal SegmentLease Lease => lease;

    internal byte* Start => lease.Segment.Start;

    internal long Length => length;

    /// <summary>What crosses to another process.</summary>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    internal SharedReference Reference
    {
        get
        {
            ObjectDisposedException.ThrowIf(lease.IsReturned, owner);
            return new SharedReference(lease, length, sizeof(T));
        }
    }

    /// <summary>Keeps the memory where it is until the end of the block.</summary>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    internal SegmentUse Use() => lease.Use(owner);

    /// <summary>The elements of an object that has arrived from another process.</summary>
    /// <exception cref="InvalidDataException">Its memory is not what the other side says.</exception>
    internal static Elements<T> Arrived(SharedArrival arrival, object owner, bool isReadOnly)
    {
        MappedMemory.CollectIfMuch();
        var lease = arrival.Open(static segment => new ArrayCore(segment));
        if (arrival.First > 0 && arrival.Second == sizeof(T) && arrival.First <= long.MaxValue / sizeof(T)
            && Math.Max(arrival.First * sizeof(T), sizeof(long)) == lease.Segment.Size && lease.Segment.IsReadOnly == isReadOnly)
            return new Elements<T>(lease, arrival.First, owner);
        lease.Dispose();
        throw new InvalidDataException("Another process passed on an array that is not as long as it says, or of another kind.");
    }

    /// <summary>Where an element is; inside of a <see cref="SegmentUse"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    internal ref T At(long index, [CallerArgumentExpression(nameof(index))] string? parameter = null)
    {
        if ((ulong)index >= (ulong)length)
            throw Outside(parameter, index, $"It has {length:N0} elements, numbered from 0.");
        return ref ((T*)Start)[index];
    }

    /// <summary>Elements in a row; inside of a <see cref="SegmentUse"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all there.</exception>
    internal Span<T> Range(long start, int count)
    {
        CheckRange(start, count);
        return new Span<T>((T*)Start + start, count);
    }

    /// <summary>The same for the program, of which nobody knows how long it uses them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all there.</exception>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    internal Span<T> HandOut(long start, int count)
    {
        using var use = Use();
        var span = Range(start, count);
        lease.HandOut();
        return span;
    }

    /// <summary>The same for asynchronous operations of the program.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all there.</exception>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    internal Memory<T> AsMemory(long start, int count)
    {
        using var use = Use();
        CheckRange(start, count);
        return new ElementsMemory<T>(this, start, count).Memory;
    }

    /// <summary>Does something with all elements, in as many spans as it takes; inside of a <see cref="SegmentUse"/>.</summary>
    internal void ForAll<TState>(TState state, Action<Span<T>, TState> action)
    {
        const int AtOnce = 1 << 30;
        for (long start = 0; start < length; start += AtOnce)
            action(Range(start, (int)Math.Min(AtOnce, length - start)), state);
    }

    /// <summary>The number of elements, for a span of all of them.</summary>
    /// <exception cref="InvalidOperationException">No span has so many.</exception>
    internal int SpanLength => length <= int.MaxValue ? (int)length : throw new InvalidOperationException(string.Create(
        CultureInfo.InvariantCulture,
        $"The array has {length:N0} elements, and a span or memory at most {int.MaxValue:N0}. Take a part at a time, by Slice(start, length) or AsMemory(start, length)."));

    /// <exception cref="ArgumentOutOfRangeException">They are not all there.</exception>
    internal void CheckRange(long start, long count)
    {
        if ((ulong)start > (ulong)length)
            throw Outside(nameof(start), start, $"It has {length:N0} elements.");
        if ((ulong)count > (ulong)(length - start))
            throw Outside("length", count, $"It has {length:N0} elements, {length - start:N0} of them from {start:N0} on.");
    }

    private static ArgumentOutOfRangeException Outside(string? parameter, long value, FormattableString what) =>
        new(parameter, value, $"That is outside of the array. {FormattableString.Invariant(what)} Its length is fixed, because other processes have mapped it.");
}
