using Multitasking.SharedMemory;

namespace Multitasking;

/// <summary>Changes to elements of a <see cref="SharedArray{T}"/> of integers that no thread of any process comes between; full fences, as those of <see cref="Interlocked"/>.</summary>
/// <remarks>
/// They are there for <see cref="int"/>, <see cref="uint"/>, <see cref="long"/> and <see cref="ulong"/>; other types have <see cref="Interlocked"/>, on <see cref="SharedArray{T}.GetReference"/>. A sum that does not fit wraps around.
/// </remarks>
public static class SharedArrayAtomics
{
    /// <summary>Adds to the element.</summary>
    /// <param name="array">The array.</param>
    /// <param name="index">The number of the element, from 0.</param>
    /// <param name="value">What to add.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
    public static int Add(this SharedArray<int> array, long index, int value) => AtomicInteger.Add<int>(array.Elements, index, value);

    /// <summary>Adds 1 to the element.</summary>
    /// <param name="array">The array.</param>
    /// <param name="index">The number of the element, from 0.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
    public static int Increment(this SharedArray<int> array, long index) => AtomicInteger.Add<int>(array.Elements, index, 1);

    /// <summary>Takes 1 from the element.</summary>
    /// <param name="array">The array.</param>
    /// <param name="index">The number of the element, from 0.</param>
    /// <returns>The difference.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
    public static int Decrement(this SharedArray<int> array, long index) => AtomicInteger.Add<int>(array.Elements, index, -1);

    /// <summary>Keeps those bits of the element that the value has, too.</summary>
    /// <param name="array">The array.</param>
    /// <param name="index">The number of the element, from 0.</param>
    /// <param name="value">The bits to keep.</param>
    /// <returns>What it was before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
    public static int And(this SharedArray<int> array, long index, int value) => AtomicInteger.And<int>(array.Elements, index, value);

    /// <summary>Adds the bits of the value to the element.</summary>
    /// <param name="array">The array.</param>
    /// <param name="index">The number of the element, from 0.</param>
    /// <param name="value">The bits to add.</param>
    /// <returns>What it was before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
    public static int Or(this SharedArray<int> array, long index, int value) => AtomicInteger.Or<int>(array.Elements, index, value);

    /// <summary>Puts a value in the place of the element.</summary>
    /// <param name="array">The array.</param>
    /// <param name="index">The number of the element, from 0.</param>
    /// <param name="value">The new value.</param>
    /// <returns>What it was before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
    public static int Exchange(this SharedArray<int> array, long index, int value) => AtomicInteger.Exchange<int>(array.Elements, index, value);

    /// <summary>Puts a value in the place of the element, if that is what is expected.</summary>
    /// <param name="array">The array.</param>
    /// <param name="index">The number of the element, from 0.</param>
    /// <param name="value">The new value.</param>
    /// <param name="comparand">What is expected.</param>
    /// <returns>What it was before: the expected, if the value is there now.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
    public static int CompareExchange(this SharedArray<int> array, long index, int value, int comparand) => AtomicInteger.CompareExchange<int>(array.Elements, index, value, comparand);

    /// <inheritdoc cref="Add(SharedArray{int}, long, int)"/>
    public static uint Add(this SharedArray<uint> array, long index, uint value) => AtomicInteger.Add<uint>(array.Elements, index, value);

    /// <inheritdoc cref="Increment(SharedArray{int}, long)"/>
    public static uint Increment(this SharedArray<uint> array, long index) => AtomicInteger.Add<uint>(array.Elements, index, 1);

    /// <inheritdoc cref="Decrement(SharedArray{int}, long)"/>
    public static uint Decrement(this SharedArray<uint> array, long index) => AtomicInteger.Add<uint>(array.Elements, index, uint.MaxValue);

    /// <inheritdoc cref="And(SharedArray{int}, long, int)"/>
    public static uint And(this SharedArray<uint> array, long index, uint value) => AtomicInteger.And<uint>(array.Elements, index, value);

    /// <inheritdoc cref="Or(SharedArray{int}, long, int)"/>
    public static uint Or(this SharedArray<uint> array, long index, uint value) => AtomicInteger.Or<uint>(array.Elements, index, value);

    /// <inheritdoc cref="Exchange(SharedArray{int}, long, int)"/>
    public static uint Exchange(this SharedArray<uint> array, long index, uint value) => AtomicInteger.Exchange<uint>(array.Elements, index, value);

    /// <inheritdoc cref="CompareExchange(SharedArray{int}, long, int, int)"/>
    public static uint CompareExchange(this SharedArray<uint> array, long index, uint value, uint comparand) => AtomicInteger.CompareExchange<uint>(array.Elements, index, value, comparand);

    /// <inheritdoc cref="Add(SharedArray{int}, long, int)"/>
    public static long Add(this SharedArray<long> array, long index, long value) => AtomicInteger.Add<long>(array.Elements, index, value);

    /// <inheritdoc cref="Increment(SharedArray{int}, long)"/>
    public static long Increment(this SharedArray<long> array, long index) => AtomicInteger.Add<long>(array.Elements, index, 1);

    /// <inheritdoc cref="Decrement(SharedArray{int}, long)"/>
    public static long Decrement(this SharedArray<long> array, long index) => AtomicInteger.Add<long>(array.Elements, index, -1);

    /// <inheritdoc cref="And(SharedArray{int}, long, int)"/>
    public static long And(this SharedArray<long> array, long index, long value) => AtomicInteger.And<long>(array.Elements, index, value);

    /// <inheritdoc cref="Or(SharedArray{int}, long, int)"/>
    public static long Or(this SharedArray<long> array, long index, long value) => AtomicInteger.Or<long>(array.Elements, index, value);

    /// <inheritdoc cref="Exchange(SharedArray{int}, long, int)"/>
    public static long Exchange(this SharedArray<long> array, long index, long value) => AtomicInteger.Exchange<long>(array.Elements, index, value);

    /// <inheritdoc cref="CompareExchange(SharedArray{int}, long, int, int)"/>
    public static long CompareExchange(this SharedArray<long> array, long index, long value, long comparand) => AtomicInteger.CompareExchange<long>(array.Elements, index, value, comparand);

    /// <inheritdoc cref="Add(SharedArray{int}, long, int)"/>
    public static ulong Add(this SharedArray<ulong> array, long index, ulong value) => AtomicInteger.Add<ulong>(array.Elements, index, value);

    /// <inheritdoc cref="Increment(SharedArray{int}, long)"/>
    public static ulong Increment(this SharedArray<ulong> array, long index) => AtomicInteger.Add<ulong>(array.Elements, index, 1);

    /// <inheritdoc cref="Decrement(SharedArray{int}, long)"/>
    public static ulong Decrement(this SharedArray<ulong> array, long index) => AtomicInteger.Add<ulong>(array.Elements, index, ulong.MaxValue);

    /// <inheritdoc cref="And(SharedArray{int}, long, int)"/>
    public static ulong And(this SharedArray<ulong> array, long index, ulong value) => AtomicInteger.And<ulong>(array.Elements, index, value);

    /// <inheritdoc cref="Or(SharedArray{int}, long, int)"/>
    public static ulong Or(this SharedArray<ulong> array, long index, ulong value) => AtomicInteger.Or<ulong>(array.Elements, index, value);

    /// <inheritdoc cref="Exchange(SharedArray{int}, long, int)"/>
    public static ulong Exchange(this SharedArray<ulong> array, long index, ulong value) => AtomicInteger.Exchange<ulong>(array.Elements, index, value);

    /// <inheritdoc cref="CompareExchange(SharedArray{int}, long, int, int)"/>
    public static ulong CompareExchange(this SharedArray<ulong> array, long index, ulong value, ulong comparand) => AtomicInteger.CompareExchange<ulong>(array.Elements, index, value, comparand);
}
