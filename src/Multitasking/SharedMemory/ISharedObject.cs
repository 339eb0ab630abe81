namespace Multitasking.SharedMemory;

/// <summary>An object that crosses to other processes by reference: what it is there uses the same memory.</summary>
internal interface ISharedObject
{
    /// <summary>What it is made from in another process.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    SharedReference Reference { get; }

    /// <summary>Makes a new object one that uses memory that has arrived: the constructor of it, as it were.</summary>
    /// <param name="arrival">Opens the memory.</param>
    /// <exception cref="InvalidDataException">It is not such an object's.</exception>
    void Arrive(SharedArrival arrival);
}
