namespace Multitasking.SharedMemory;

/// <summary>What crosses of a shared object.</summary>
/// <param name="Lease">Its share in the memory.</param>
/// <param name="First">What its class wants to know there.</param>
/// <param name="Second">The same.</param>
internal readonly record struct SharedReference(SegmentLease Lease, long First = 0, long Second = 0)
{
    /// <summary>In which role it is used there: the lease's own, if nothing else is said.</summary>
    internal int Role { get; init; } = Lease.Role;
}
