using System.Numerics;
using Multitasking.SharedMemory;

namespace Multitasking;

/// <summary>Changes to elements of a <see cref="SharedArray{T}"/> of integers that no thread of any process comes between; full fences, as those of <see cref="Interlocked"/>.</summary>
/// <remarks>
/// They are there for the types that are integers, and for no others. Integers of more than 64 bits, and those that are types of a program's own, are refused with a <see cref="NotSupportedException"/>.
/// A sum that does not fit wraps around.
/// </remarks>
public static class SharedArrayAtomics
{
    /// <param name="array">The array.</param>
    /// <typeparam name="T">The type of the integers.</typeparam>
    extension<T>(SharedArray<T> array)
        where T : unmanaged, IBinaryInteger<T>
    {
        /// <summary>Adds to the element.</summary>
        /// <param name="index">The number of the element, from 0.</param>
        /// <param name="value">What to add.</param>
        /// <returns>The sum.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
        /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
        public T Add(long index, T value)
        {
            using var use = array.Use();
            return AtomicInteger.Add(ref array.At(index), value);
        }

        /// <summary>Adds 1 to the element.</summary>
        /// <param name="index">The number of the element, from 0.</param>
        /// <returns>The sum.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
        /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
        public T Increment(long index)
        {
            using var use = array.Use();
            return AtomicInteger.Add(ref array.At(index), T.One);
        }

        /// <summary>Takes 1 from the element.</summary>
        /// <param name="index">The number of the element, from 0.</param>
        /// <returns>The difference.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
        /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
        public T Decrement(long index)
        {
            using var use = array.Use();
            return AtomicInteger.Add(ref array.At(index), unchecked(T.Zero - T.One));
        }

        /// <summary>Keeps those bits of the element that the value has, too.</summary>
        /// <param name="index">The number of the element, from 0.</param>
        /// <param name="value">The bits to keep.</param>
        /// <returns>What it was before.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
        /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
        public T And(long index, T value)
        {
            using var use = array.Use();
            return AtomicInteger.And(ref array.At(index), value);
        }

        /// <summary>Adds the bits of the value to the element.</summary>
        /// <param name="index">The number of the element, from 0.</param>
        /// <param name="value">The bits to add.</param>
        /// <returns>What it was before.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
        /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
        public T Or(long index, T value)
        {
            using var use = array.Use();
            return AtomicInteger.Or(ref array.At(index), value);
        }

        /// <summary>Puts a value in the place of the element.</summary>
        /// <param name="index">The number of the element, from 0.</param>
        /// <param name="value">The new value.</param>
        /// <returns>What it was before.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
        /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
        public T Exchange(long index, T value)
        {
            using var use = array.Use();
            return AtomicInteger.Exchange(ref array.At(index), value);
        }

        /// <summary>Puts a value in the place of the element, if that is what is expected.</summary>
        /// <param name="index">The number of the element, from 0.</param>
        /// <param name="value">The new value.</param>
        /// <param name="comparand">What is expected.</param>
        /// <returns>What it was before: the expected, if the value is there now.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
        /// <exception cref="ObjectDisposedException">The array was disposed.</exception>
        public T CompareExchange(long index, T value, T comparand)
        {
            using var use = array.Use();
            return AtomicInteger.CompareExchange(ref array.At(index), value, comparand);
        }
    }
}
