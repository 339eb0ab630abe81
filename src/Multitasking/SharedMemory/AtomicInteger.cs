using System.Numerics;
using System.Runtime.CompilerServices;

namespace Multitasking.SharedMemory;

/// <summary>Changes to an integer that nobody comes between, neither a thread nor a process: to the processor there is no difference.</summary>
internal static unsafe class AtomicInteger
{
    internal static T Add<T>(ref T place, T value)
        where T : unmanaged, IBinaryInteger<T>
    {
        Require<T>();
        if (sizeof(T) == sizeof(int))
            return Unsafe.BitCast<int, T>(Interlocked.Add(ref Unsafe.As<T, int>(ref place), Unsafe.BitCast<T, int>(value)));
        if (sizeof(T) == sizeof(long))
            return Unsafe.BitCast<long, T>(Interlocked.Add(ref Unsafe.As<T, long>(ref place), Unsafe.BitCast<T, long>(value)));
        T seen = place;
        while (true)
        {
            T sum = unchecked(seen + value);
            T found = Interlocked.CompareExchange(ref place, sum, seen);
            if (found == seen)
                return sum;
            seen = found;
        }
    }

    internal static T And<T>(ref T place, T value)
        where T : unmanaged, IBinaryInteger<T>
    {
        Require<T>();
        T seen = place;
        while (true)
        {
            T found = Interlocked.CompareExchange(ref place, seen & value, seen);
            if (found == seen)
                return found;
            seen = found;
        }
    }

    internal static T Or<T>(ref T place, T value)
        where T : unmanaged, IBinaryInteger<T>
    {
        Require<T>();
        T seen = place;
        while (true)
        {
            T found = Interlocked.CompareExchange(ref place, seen | value, seen);
            if (found == seen)
                return found;
            seen = found;
        }
    }

    internal static T Exchange<T>(ref T place, T value)
        where T : unmanaged, IBinaryInteger<T>
    {
        Require<T>();
        return Interlocked.Exchange(ref place, value);
    }

    internal static T CompareExchange<T>(ref T place, T value, T comparand)
        where T : unmanaged, IBinaryInteger<T>
    {
        Require<T>();
        return Interlocked.CompareExchange(ref place, value, comparand);
    }

    private static void Require<T>()
    {
        // Int128 is none; nor are types of the program's own.
        if (!typeof(T).IsPrimitive)
            throw new NotSupportedException(
                $"No processor changes a {typeof(T).Name} at one go. Use an integer of at most 64 bits, or change it under a ProcessMutex of Multitasking.Synchronization.");
    }
}
