using Multitasking.SharedMemory;

namespace Multitasking;

/// <summary>Changes to a <see cref="SharedValue{T}"/> of integers that no thread of any process comes between; full fences, as those of <see cref="Interlocked"/>.</summary>
/// <remarks>
/// They are there for <see cref="int"/>, <see cref="uint"/>, <see cref="long"/> and <see cref="ulong"/>; other types have <see cref="Interlocked"/>, on <see cref="SharedValue{T}.GetReference"/>. A sum that does not fit wraps around.
/// </remarks>
public static class SharedValueAtomics
{
    /// <summary>Adds to the value.</summary>
    /// <param name="shared">The value.</param>
    /// <param name="value">What to add.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    public static int Add(this SharedValue<int> shared, int value) => AtomicInteger.Add<int>(shared.Elements, 0, value);

    /// <summary>Adds 1 to the value.</summary>
    /// <param name="shared">The value.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    public static int Increment(this SharedValue<int> shared) => AtomicInteger.Add<int>(shared.Elements, 0, 1);

    /// <summary>Takes 1 from the value.</summary>
    /// <param name="shared">The value.</param>
    /// <returns>The difference.</returns>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    public static int Decrement(this SharedValue<int> shared) => AtomicInteger.Add<int>(shared.Elements, 0, -1);

    /// <summary>Keeps those bits of the value that the value has, too.</summary>
    /// <param name="shared">The value.</param>
    /// <param name="value">The bits to keep.</param>
    /// <returns>What it was before.</returns>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    public static int And(this SharedValue<int> shared, int value) => AtomicInteger.And<int>(shared.Elements, 0, value);

    /// <summary>Adds the bits of the value to the value.</summary>
    /// <param name="shared">The value.</param>
    /// <param name="value">The bits to add.</param>
    /// <returns>What it was before.</returns>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    public static int Or(this SharedValue<int> shared, int value) => AtomicInteger.Or<int>(shared.Elements, 0, value);

    /// <summary>Puts a value in the place of the value.</summary>
    /// <param name="shared">The value.</param>
    /// <param name="value">The new value.</param>
    /// <returns>What it was before.</returns>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    public static int Exchange(this SharedValue<int> shared, int value) => AtomicInteger.Exchange<int>(shared.Elements, 0, value);

    /// <summary>Puts a value in the place of the value, if that is what is expected.</summary>
    /// <param name="shared">The value.</param>
    /// <param name="value">The new value.</param>
    /// <param name="comparand">What is expected.</param>
    /// <returns>What it was before: the expected, if the value is there now.</returns>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    public static int CompareExchange(this SharedValue<int> shared, int value, int comparand) => AtomicInteger.CompareExchange<int>(shared.Elements, 0, value, comparand);

    /// <inheritdoc cref="Add(SharedValue{int}, int)"/>
    public static uint Add(this SharedValue<uint> shared, uint value) => AtomicInteger.Add<uint>(shared.Elements, 0, value);

    /// <inheritdoc cref="Increment(SharedValue{int})"/>
    public static uint Increment(this SharedValue<uint> shared) => AtomicInteger.Add<uint>(shared.Elements, 0, 1);

    /// <inheritdoc cref="Decrement(SharedValue{int})"/>
    public static uint Decrement(this SharedValue<uint> shared) => AtomicInteger.Add<uint>(shared.Elements, 0, uint.MaxValue);

    /// <inheritdoc cref="And(SharedValue{int}, int)"/>
    public static uint And(this SharedValue<uint> shared, uint value) => AtomicInteger.And<uint>(shared.Elements, 0, value);

    /// <inheritdoc cref="Or(SharedValue{int}, int)"/>
    public static uint Or(this SharedValue<uint> shared, uint value) => AtomicInteger.Or<uint>(shared.Elements, 0, value);

    /// <inheritdoc cref="Exchange(SharedValue{int}, int)"/>
    public static uint Exchange(this SharedValue<uint> shared, uint value) => AtomicInteger.Exchange<uint>(shared.Elements, 0, value);

    /// <inheritdoc cref="CompareExchange(SharedValue{int}, int, int)"/>
    public static uint CompareExchange(this SharedValue<uint> shared, uint value, uint comparand) => AtomicInteger.CompareExchange<uint>(shared.Elements, 0, value, comparand);

    /// <inheritdoc cref="Add(SharedValue{int}, int)"/>
    public static long Add(this SharedValue<long> shared, long value) => AtomicInteger.Add<long>(shared.Elements, 0, value);

    /// <inheritdoc cref="Increment(SharedValue{int})"/>
    public static long Increment(this SharedValue<long> shared) => AtomicInteger.Add<long>(shared.Elements, 0, 1);

    /// <inheritdoc cref="Decrement(SharedValue{int})"/>
    public static long Decrement(this SharedValue<long> shared) => AtomicInteger.Add<long>(shared.Elements, 0, -1);

    /// <inheritdoc cref="And(SharedValue{int}, int)"/>
    public static long And(this SharedValue<long> shared, long value) => AtomicInteger.And<long>(shared.Elements, 0, value);

    /// <inheritdoc cref="Or(SharedValue{int}, int)"/>
    public static long Or(this SharedValue<long> shared, long value) => AtomicInteger.Or<long>(shared.Elements, 0, value);

    /// <inheritdoc cref="Exchange(SharedValue{int}, int)"/>
    public static long Exchange(this SharedValue<long> shared, long value) => AtomicInteger.Exchange<long>(shared.Elements, 0, value);

    /// <inheritdoc cref="CompareExchange(SharedValue{int}, int, int)"/>
    public static long CompareExchange(this SharedValue<long> shared, long value, long comparand) => AtomicInteger.CompareExchange<long>(shared.Elements, 0, value, comparand);

    /// <inheritdoc cref="Add(SharedValue{int}, int)"/>
    public static ulong Add(this SharedValue<ulong> shared, ulong value) => AtomicInteger.Add<ulong>(shared.Elements, 0, value);

    /// <inheritdoc cref="Increment(SharedValue{int})"/>
    public static ulong Increment(this SharedValue<ulong> shared) => AtomicInteger.Add<ulong>(shared.Elements, 0, 1);

    /// <inheritdoc cref="Decrement(SharedValue{int})"/>
    public static ulong Decrement(this SharedValue<ulong> shared) => AtomicInteger.Add<ulong>(shared.Elements, 0, ulong.MaxValue);

    /// <inheritdoc cref="And(SharedValue{int}, int)"/>
    public static ulong And(this SharedValue<ulong> shared, ulong value) => AtomicInteger.And<ulong>(shared.Elements, 0, value);

    /// <inheritdoc cref="Or(SharedValue{int}, int)"/>
    public static ulong Or(this SharedValue<ulong> shared, ulong value) => AtomicInteger.Or<ulong>(shared.Elements, 0, value);

    /// <inheritdoc cref="Exchange(SharedValue{int}, int)"/>
    public static ulong Exchange(this SharedValue<ulong> shared, ulong value) => AtomicInteger.Exchange<ulong>(shared.Elements, 0, value);

    /// <inheritdoc cref="CompareExchange(SharedValue{int}, int, int)"/>
    public static ulong CompareExchange(this SharedValue<ulong> shared, ulong value, ulong comparand) => AtomicInteger.CompareExchange<ulong>(shared.Elements, 0, value, comparand);
}
