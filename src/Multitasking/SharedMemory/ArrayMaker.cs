using System.ComponentModel;
using System.Globalization;
using Multitasking.Interop;

namespace Multitasking.SharedMemory;

/// <summary>Makes memory for values, or says why there is none.</summary>
internal static class ArrayMaker
{
    private const long Little = 1 << 20;

    /// <param name="what">What it is for, in the error.</param>
    /// <param name="length">How many elements.</param>
    /// <param name="elementSize">The bytes of one.</param>
    /// <param name="isSealed">Whether this process alone shall be able to write it.</param>
    /// <exception cref="InsufficientMemoryException">There is not so much.</exception>
    /// <exception cref="IOException">The system has no descriptor for it, or refused otherwise.</exception>
    internal static SegmentLease Make(string what, long length, int elementSize, bool isSealed = false)
    {
        MappedMemory.CollectIfMuch();
        // Asked before: to set aside pages that are not there does not fail but has the system kill a process, which may be this one.
        if (!Fits(length, elementSize))
        {
            // Objects that nobody disposed of may hold what is missing.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            if (!Fits(length, elementSize))
                throw TooLarge(what, length, elementSize, null);
        }
        long size = Math.Max(length * elementSize, sizeof(long));
        try
        {
            return isSealed
                ? SharedSegment.CreateSealed("multitasking-array", size, static segment => new ArrayCore(segment, isSealed: true))
                : SharedSegment.Create("multitasking-array", size, size, 0, static segment => new ArrayCore(segment));
        }
        catch (IOException exception) when (exception.InnerException is Win32Exception { NativeErrorCode: Constants.ENOMEM or Constants.ENOSPC })
        {
            throw TooLarge(what, length, elementSize, exception);
        }
    }

    /// <summary>
    /// A thirty-second of what is free stays so: the figure is an estimate, and others need memory too. For little memory nobody is asked,
    /// as for no other object.
    /// </summary>
    private static bool Fits(long length, int elementSize)
    {
        if (length > long.MaxValue / elementSize)
            return false;
        long size = length * elementSize;
        return size <= Little || (AvailableMemory.Bytes is var available && size <= available - (available / 32));
    }

    private static InsufficientMemoryException TooLarge(string what, long length, int elementSize, Exception? cause)
    {
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"{what} of {length:N0} elements takes {(Int128)length * elementSize:N0} bytes, and this process can have about {AvailableMemory.Bytes:N0}. Make it smaller, dispose of shared memory that is not needed, or give the container or machine more memory; data that need not be in memory at once can be a mapped file (MemoryMappedFile).");
        return new InsufficientMemoryException(message, cause);
    }
}
