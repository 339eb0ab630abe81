using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Multitasking.SharedMemory;

/// <summary>Reads and writes a value of at most 8 bytes at one go, and a larger one in pieces.</summary>
/// <remarks>A read acquires and a write releases, as with <see cref="Volatile"/>: who sees a value sees what was written before it.</remarks>
internal static unsafe class AtomicValue
{
    /// <param name="place">A multiple of 8, with 8 bytes at least.</param>
    internal static T Read<T>(void* place)
        where T : unmanaged
    {
        // Of 3, 5, 6 or 7 bytes, too: as the first ones of a word.
        if (sizeof(T) <= sizeof(long))
        {
            long word = Volatile.Read(ref *(long*)place);
            return Unsafe.ReadUnaligned<T>(ref *(byte*)&word);
        }
        T value = *(T*)place;
        Interlocked.MemoryBarrier();
        return value;
    }

    /// <param name="place">A multiple of 8, with 8 bytes at least.</param>
    /// <param name="value">The value.</param>
    internal static void Write<T>(void* place, T value)
        where T : unmanaged
    {
        switch (sizeof(T))
        {
            case sizeof(byte):
                Volatile.Write(ref *(byte*)place, Unsafe.BitCast<T, byte>(value));
                break;
            case sizeof(short):
                Volatile.Write(ref *(short*)place, Unsafe.BitCast<T, short>(value));
                break;
            case sizeof(int):
                Volatile.Write(ref *(int*)place, Unsafe.BitCast<T, int>(value));
                break;
            case <= sizeof(long):
                long word = 0;
                MemoryMarshal.Write(new Span<byte>(&word, sizeof(long)), in value);
                Volatile.Write(ref *(long*)place, word);
                break;
            default:
                Interlocked.MemoryBarrier();
                *(T*)place = value;
                break;
        }
    }
}
