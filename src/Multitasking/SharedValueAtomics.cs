using System.Numerics;
using Multitasking.SharedMemory;

namespace Multitasking;

/// <summary>Changes to a <see cref="SharedValue{T}"/> of integers that no thread of any process comes between; full fences, as those of <see cref="Interlocked"/>.</summary>
/// <remarks>
/// They are there for the types that are integers, and for no others. Integers of more than 64 bits, and those that are types of a program's own, are refused with a <see cref="NotSupportedException"/>.
/// A sum that does not fit wraps around.
/// </remarks>
public static class SharedValueAtomics
{
    /// <param name="shared">The value.</param>
    /// <typeparam name="T">The type of the integers.</typeparam>
    extension<T>(SharedValue<T> shared)
        where T : unmanaged, IBinaryInteger<T>
    {
        /// <summary>Adds to the value.</summary>
        /// <param name="value">What to add.</param>
        /// <returns>The sum.</returns>
        /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
        public T Add(T value)
        {
            using var use = shared.Use();
            return AtomicInteger.Add(ref shared.At(), value);
        }

        /// <summary>Adds 1 to the value.</summary>
        /// <returns>The sum.</returns>
        /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
        public T Increment()
        {
            using var use = shared.Use();
            return AtomicInteger.Add(ref shared.At(), T.One);
        }

        /// <summary>Takes 1 from the value.</summary>
        /// <returns>The difference.</returns>
        /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
        public T Decrement()
        {
            using var use = shared.Use();
            return AtomicInteger.Add(ref shared.At(), unchecked(T.Zero - T.One));
        }

        /// <summary>Keeps those bits of the value that the value has, too.</summary>
        /// <param name="value">The bits to keep.</param>
        /// <returns>What it was before.</returns>
        /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
        public T And(T value)
        {
            using var use = shared.Use();
            return AtomicInteger.And(ref shared.At(), value);
        }

        /// <summary>Adds the bits of the value to the value.</summary>
        /// <param name="value">The bits to add.</param>
        /// <returns>What it was before.</returns>
        /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
        public T Or(T value)
        {
            using var use = shared.Use();
            return AtomicInteger.Or(ref shared.At(), value);
        }

        /// <summary>Puts a value in the place of the value.</summary>
        /// <param name="value">The new value.</param>
        /// <returns>What it was before.</returns>
        /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
        public T Exchange(T value)
        {
            using var use = shared.Use();
            return AtomicInteger.Exchange(ref shared.At(), value);
        }

        /// <summary>Puts a value in the place of the value, if that is what is expected.</summary>
        /// <param name="value">The new value.</param>
        /// <param name="comparand">What is expected.</param>
        /// <returns>What it was before: the expected, if the value is there now.</returns>
        /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
        public T CompareExchange(T value, T comparand)
        {
            using var use = shared.Use();
            return AtomicInteger.CompareExchange(ref shared.At(), value, comparand);
        }
    }
}
