using System.Runtime.CompilerServices;

namespace Multitasking.SharedMemory;

/// <summary>Changes to integers of 4 or 8 bytes in shared memory that nobody comes between, neither a thread nor a process: to the processor there is no difference.</summary>
internal static class AtomicInteger
{
    internal static T Add<T>(SharedArray<T> array, long index, T value)
        where T : unmanaged
    {
        using var use = array.Use();
        return Add(ref array.At(index), value);
    }

    internal static T And<T>(SharedArray<T> array, long index, T value)
        where T : unmanaged
    {
        using var use = array.Use();
        return And(ref array.At(index), value);
    }

    internal static T Or<T>(SharedArray<T> array, long index, T value)
        where T : unmanaged
    {
        using var use = array.Use();
        return Or(ref array.At(index), value);
    }

    internal static T Exchange<T>(SharedArray<T> array, long index, T value)
        where T : unmanaged
    {
        using var use = array.Use();
        return Interlocked.Exchange(ref array.At(index), value);
    }

    internal static T CompareExchange<T>(SharedArray<T> array, long index, T value, T comparand)
        where T : unmanaged
    {
        using var use = array.Use();
        return Interlocked.CompareExchange(ref array.At(index), value, comparand);
    }

    internal static T Add<T>(SharedValue<T> shared, T value)
        where T : unmanaged
    {
        using var use = shared.Use();
        return Add(ref shared.At(), value);
    }

    internal static T And<T>(SharedValue<T> shared, T value)
        where T : unmanaged
    {
        using var use = shared.Use();
        return And(ref shared.At(), value);
    }

    internal static T Or<T>(SharedValue<T> shared, T value)
        where T : unmanaged
    {
        using var use = shared.Use();
        return Or(ref shared.At(), value);
    }

    internal static T Exchange<T>(SharedValue<T> shared, T value)
        where T : unmanaged
    {
        using var use = shared.Use();
        return Interlocked.Exchange(ref shared.At(), value);
    }

    internal static T CompareExchange<T>(SharedValue<T> shared, T value, T comparand)
        where T : unmanaged
    {
        using var use = shared.Use();
        return Interlocked.CompareExchange(ref shared.At(), value, comparand);
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
