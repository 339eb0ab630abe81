using Multitasking.Interop;

namespace Multitasking.SharedMemory;

/// <summary>A shared object on its way in: a descriptor of its memory, and what the other side says of it.</summary>
/// <param name="files">Its descriptors, owned by the arrival; none for memory that is open.</param>
/// <param name="id">The memory's name among processes that hold it.</param>
/// <param name="size">Its size in bytes.</param>
/// <param name="role">In which role the object uses it.</param>
/// <param name="first">What its class wanted to know.</param>
/// <param name="second">The same.</param>
internal sealed class SharedArrival(IReadOnlyList<SafeDescriptor> files, Guid id, long size, int role, long first, long second)
{
    internal long Size => size;

    internal int Role => role;

    internal long First => first;

    internal long Second => second;

    internal SegmentLease? Lease { get; private set; }

    /// <summary>How many descriptors came.</summary>
    internal int FileCount => files.Count;

    /// <summary>Maps the memory, or finds where it is mapped already.</summary>
    /// <param name="makeCore">Makes what all objects of this process that use the memory have in common, if it is not there yet.</param>
    /// <param name="part">The part of the role that the lease is for.</param>
    /// <exception cref="InvalidDataException">It is not what the other side says, or something else than an object of this kind's.</exception>
    internal SegmentLease Open<TCore>(Func<SharedSegment, TCore> makeCore, int part = -1)
        where TCore : class => Lease = SharedSegment.Open(files, id, size, role & part, makeCore);
}
