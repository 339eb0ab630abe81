namespace Multitasking.SharedMemory;

/// <summary>What crosses of a shared object.</summary>
/// <param name="Lease">The memory, and in which role the object uses it.</param>
/// <param name="First">What its class wants to know there.</param>
/// <param name="Second">The same.</param>
internal readonly record struct SharedReference(SegmentLease Lease, long First = 0, long Second = 0);
