using Multitasking.SharedMemory;

namespace Multitasking;

/// <summary>A value that several processes use at the same time. It is an argument or a captured variable of a child like any other, and there it is the same value.</summary>
/// <typeparam name="T">What it is: a number, or a struct of them; nothing that refers to something else.</typeparam>
/// <remarks>
/// <para>A value of at most 8 bytes is read and written at one go; who reads it sees what was written before it, as with <see cref="Volatile"/>. A larger one is read and written in pieces, as it is among threads, so
/// that parts of two writes may be seen together: put it under a lock of <c>Multitasking.Synchronization</c>. Integers have the atomic operations of <see cref="SharedValueAtomics"/>.</para>
/// <para>It takes a page of memory and a descriptor; many values are better elements of a <see cref="SharedArray{T}"/>. What is said there of disposal and of forgotten arrays holds for it and <see cref="GetReference"/>.
/// Safe for use from several threads and processes.</para>
/// </remarks>
/// <example>
/// <code>
/// using var next = new SharedValue&lt;int&gt;();
/// var first = ChildProcess.Start(() => { while (next.Increment() &lt;= 100) { } });
/// </code>
/// </example>
public sealed unsafe class SharedValue<T> : IDisposable, ISharedObject
    where T : unmanaged
{
    private Elements<T> _elements;

    /// <summary>Makes a value.</summary>
    /// <param name="value">What it is at first.</param>
    /// <exception cref="InsufficientMemoryException">There is not so much memory.</exception>
    /// <exception cref="IOException">The system refused for another reason, mostly too many open descriptors.</exception>
    /// <exception cref="PlatformNotSupportedException">Not Linux.</exception>
    public SharedValue(T value = default)
    {
        _elements = new Elements<T>(ArrayMaker.Make($"A SharedValue<{typeof(T).Name}>", 1, sizeof(T)), 1, this);
        Value = value;
    }

    /// <summary>The value.</summary>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    public T Value
    {
        get
        {
            using var use = _elements.Use();
            return AtomicValue.Read<T>(_elements.Start);
        }
        set
        {
            using var use = _elements.Use();
            AtomicValue.Write(_elements.Start, value);
        }
    }

    /// <summary>Where the value is, for <see cref="Interlocked"/> and <see cref="Volatile"/>. Not to be used after <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    public ref T GetReference()
    {
        using var use = _elements.Use();
        _elements.Lease.HandOut();
        return ref _elements.At(0);
    }

    /// <summary>Ends this process' use of the value through this object. The memory goes with the last object, of all processes, that uses it.</summary>
    public void Dispose() => _elements.Lease.Dispose();

    /// <summary>The value as text; after <see cref="Dispose"/> the type.</summary>
    public override string ToString() => _elements.Lease.IsReturned ? $"SharedValue<{typeof(T).Name}>" : Value.ToString() ?? "";

    internal Elements<T> Elements => _elements;

    SharedReference ISharedObject.Reference => _elements.Reference;

    void ISharedObject.Arrive(SharedArrival arrival) => _elements = Elements<T>.Arrived(arrival, this, isReadOnly: false);
}
