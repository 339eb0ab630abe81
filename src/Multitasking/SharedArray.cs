using System.Globalization;
using System.Runtime.CompilerServices;
using Multitasking.SharedMemory;

namespace Multitasking;

/// <summary>
/// An array whose elements several processes use at the same time. It is an argument or a captured variable of a child like any other, of
/// which nothing is copied.
/// </summary>
/// <typeparam name="T">What it holds: numbers, and structs of them; nothing that refers to something else.</typeparam>
/// <remarks>
/// <para>Its memory has no name and is no file; it is gone with the last process that holds it, however that ends. Its length is fixed: other processes have mapped it.</para>
/// <para><see cref="Dispose"/> ends this process' use of it, and no span, memory or reference of it may be used afterwards: they lead to where nothing is. An array that is forgotten instead is
/// freed by the garbage collector if it never handed out a span, a memory's span or a reference; one that did keeps its memory until the
/// process ends, because a span in use does not keep its array alive. An array that arrived with a task of a pool is kept while the task
/// runs and freed some time after it.</para>
/// <para>Safe for use from several threads and processes, as an array is: each element is read and written for itself, in no order that others could rely on. Who must not come between uses the atomic
/// operations of <see cref="SharedArrayAtomics"/>, <see cref="Interlocked"/> on <see cref="GetReference"/>, or a lock of
/// <c>Multitasking.Synchronization</c>.</para>
/// </remarks>
/// <example>
/// <code>
/// using var squares = new SharedArray&lt;long&gt;(1000);
/// await pool.ForEachAsync(Enumerable.Range(0, 1000), i => squares[i] = (long)i * i);
/// </code>
/// </example>
public sealed class SharedArray<T> : IDisposable, ISharedObject
    where T : unmanaged
{
    private Elements<T> _elements;

    /// <summary>Makes an array of zeros.</summary>
    /// <param name="length">
    /// How many elements; their bytes may be many times <see cref="int.MaxValue"/>. All of its memory is set aside now, so that there is no
    /// lack of it later.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">0 or negative.</exception>
    /// <exception cref="InsufficientMemoryException">The machine, or the container, has not so much memory free.</exception>
    /// <exception cref="IOException">The system refused for another reason, mostly too many open descriptors.</exception>
    /// <param name="isSealed">
    /// Whether this process alone can write it, for good: the system refuses all others, whatever they try. The array itself then goes to
    /// no other process; send <see cref="AsReadOnly"/> of it.
    /// </param>
    /// <exception cref="PlatformNotSupportedException">Not Linux; with <paramref name="isSealed"/>, older than Linux 5.1.</exception>
    public SharedArray(long length, bool isSealed = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        var lease = ArrayMaker.Make($"A SharedArray<{typeof(T).Name}>", length, Unsafe.SizeOf<T>(), isSealed);
        _elements = new Elements<T>(lease, length, this);
    }

    /// <summary>How many elements there are.</summary>
    public long Length => _elements.Length;

    /// <summary>All elements. Not to be used after <see cref="Dispose"/>.</summary>
    /// <exception cref="InvalidOperationException">They are more than <see cref="int.MaxValue"/>.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
    public Span<T> Span => Slice(0, _elements.SpanLength);

    /// <summary>
    /// All elements, for asynchronous operations. Its pins keep the elements in place even when the array is disposed meanwhile.
    /// </summary>
    /// <exception cref="InvalidOperationException">They are more than <see cref="int.MaxValue"/>.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
    public Memory<T> Memory => AsMemory(0, _elements.SpanLength);

    /// <summary>One element. A loop over many is several times as fast with a span.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
    public T this[long index]
    {
        get
        {
            using var use = _elements.Use();
            return _elements.At(index);
        }
        set
        {
            using var use = _elements.Use();
            _elements.At(index) = value;
        }
    }

    /// <summary>Elements in a row. Not to be used after <see cref="Dispose"/>.</summary>
    /// <param name="start">The first of them.</param>
    /// <param name="length">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all in the array.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
    public Span<T> Slice(long start, int length) => _elements.HandOut(start, length);

    /// <summary>Elements in a row, for asynchronous operations.</summary>
    /// <inheritdoc cref="Slice"/>
    public Memory<T> AsMemory(long start, int length) => _elements.AsMemory(start, length);

    /// <summary>
    /// Where an element is, for <see cref="Interlocked"/> and <see cref="Volatile"/>. Not to be used after <see cref="Dispose"/>.
    /// </summary>
    /// <inheritdoc cref="this[long]"/>
    public ref T GetReference(long index)
    {
        using var use = _elements.Use();
        ref T element = ref _elements.At(index);
        _elements.Lease.HandOut();
        return ref element;
    }

    /// <summary>Copies elements from here: as many as there is room for.</summary>
    /// <param name="start">The first of them.</param>
    /// <param name="destination">Where to; its length says how many.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all in the array.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
    public void CopyTo(long start, Span<T> destination)
    {
        using var use = _elements.Use();
        _elements.Range(start, destination.Length).CopyTo(destination);
    }

    /// <summary>Copies elements to here.</summary>
    /// <param name="start">Where the first of them goes.</param>
    /// <param name="source">The elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">They do not fit into the array.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
    public void CopyFrom(long start, ReadOnlySpan<T> source)
    {
        using var use = _elements.Use();
        source.CopyTo(_elements.Range(start, source.Length));
    }

    /// <summary>Sets all elements to one value.</summary>
    /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
    public void Fill(T value)
    {
        using var use = _elements.Use();
        _elements.ForAll(value, static (span, value) => span.Fill(value));
    }

    /// <summary>Sets all elements to zeros.</summary>
    /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
    public void Clear()
    {
        using var use = _elements.Use();
        _elements.ForAll(0, static (span, _) => span.Clear());
    }

    /// <summary>
    /// The same elements, to be read only. Sent to a child in place of the array, it lets the child write to them by no mistake: the system
    /// refuses. It is disposed for itself, and outlives the array.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
    /// <exception cref="IOException">The system has no address space or descriptor for it.</exception>
    public ReadOnlySharedArray<T> AsReadOnly()
    {
        using var use = _elements.Use();
        return new ReadOnlySharedArray<T>(_elements.Lease.Segment.OpenToRead(static segment => new ArrayCore(segment)), Length);
    }

    /// <summary>
    /// Ends this process' use of the elements through this object. The memory goes with the last object, of all processes, that uses it.
    /// </summary>
    public void Dispose() => _elements.Lease.Dispose();

    /// <summary>Type and length.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"SharedArray<{typeof(T).Name}>[{Length}]");

    internal Elements<T> Elements => _elements;

    SharedReference ISharedObject.Reference => _elements.Lease.Segment.Core<ArrayCore>().IsSealed
        ? throw new TargetNotSupportedException(
            $"{this} is sealed: only the process that made it writes to it. Send AsReadOnly() of it, which others can read.")
        : _elements.Reference;

    void ISharedObject.Arrive(SharedArrival arrival) => _elements = Elements<T>.Arrived(arrival, this, isReadOnly: false);
}
