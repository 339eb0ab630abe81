using System.Runtime.CompilerServices;

namespace Multitasking.SharedMemory;

/// <summary>Changes to integers of 4 or 8 bytes in shared memory that nobody comes between, neither a thread nor a process: to the processor there is no difference.</summary>
internal static class AtomicInteger
{
    internal static T Add<T>(Elements<T> elements, long index, T value)
        where T : unmanaged
    {
        using var use = elements.Use();
        return Add(ref elements.At(index), value);
    }

    internal static T And<T>(Elements<T> elements, long index, T value)
        where T : unmanaged
    {
        using var use = elements.Use();
        return And(ref elements.At(index), value);
    }

    internal static T Or<T>(Elements<T> elements, long index, T value)
        where T : unmanaged
    {
        using var use = elements.Use();
        return Or(ref elements.At(index), value);
    }

    internal static T Exchange<T>(Elements<T> elements, long index, T value)
        where T : unmanaged
    {
        using var use = elements.Use();
        return Interlocked.Exchange(ref elements.At(index), value);
    }

    internal static T CompareExchange<T>(Elements<T> elements, long index, T value, T comparand)
        where T : unmanaged
    {
        using var use = elements.Use();
        return Interlocked.CompareExchange(ref elements.At(index), value, comparand);
    }

    private static T Add<T>(ref T place, T value)
        where T : unmanaged => Unsafe.SizeOf<T>() == sizeof(int)
            ? Unsafe.BitCast<int, T>(Interlocked.Add(ref Unsafe.As<T, int>(ref place), Unsafe.BitCast<T, int>(value)))
            : Unsafe.BitCast<long, T>(Interlocked.Add(ref Unsafe.As<T, long>(ref place), Unsafe.BitCast<T, long>(value)));

    private static T And<T>(ref T place, T value)
        where T : unmanaged => Unsafe.SizeOf<T>() == sizeof(int)
            ? Unsafe.BitCast<int, T>(Interlocked.And(ref Unsafe.As<T, int>(ref place), Unsafe.BitCast<T, int>(value)))
            : Unsafe.BitCast<long, T>(Interlocked.And(ref Unsafe.As<T, long>(ref place), Unsafe.BitCast<T, long>(value)));

    private static T Or<T>(ref T place, T value)
        where T : unmanaged => Unsafe.SizeOf<T>() == sizeof(int)
            ? Unsafe.BitCast<int, T>(Interlocked.Or(ref Unsafe.As<T, int>(ref place), Unsafe.BitCast<T, int>(value)))
            : Unsafe.BitCast<long, T>(Interlocked.Or(ref Unsafe.As<T, long>(ref place), Unsafe.BitCast<T, long>(value)));
}
