using Multitasking.Messaging;
using Multitasking.SharedMemory;

namespace Multitasking.Objects;

/// <summary>One end of a ring, on its way to the process that is to have it.</summary>
internal sealed class RingEnd : ISharedObject
{
    private SegmentLease _lease;
    private readonly bool _isEnrolled;

    /// <param name="lease">A share in it.</param>
    /// <param name="isEnrolled">
    /// Whether who gets it counts as having its role already: what is under way then needs no count, which would outlive a receiver that dies before it arrives.
    /// </param>
    internal RingEnd(SegmentLease lease, bool isEnrolled) => (_lease, _isEnrolled) = (lease, isEnrolled);

    internal SegmentLease Lease => _lease;

    SharedReference ISharedObject.Reference => new(_lease, Core.Capacity, _isEnrolled ? ChannelCore.WriterRole : 0) { Role = _isEnrolled ? 0 : _lease.Role };

    private ChannelCore Core => _lease.Segment.Core<ChannelCore>();

    void ISharedObject.Arrive(SharedArrival arrival)
    {
        long capacity = arrival.First;
        _lease = arrival.Open(segment => new ChannelCore(segment, capacity));
        _ = Core;
        if (arrival.Second != ChannelCore.WriterRole)
            return;
        using var plain = _lease;
        _lease = plain.Share(ChannelCore.WriterRole);
    }
}
