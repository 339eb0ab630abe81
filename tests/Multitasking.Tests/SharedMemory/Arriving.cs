using Multitasking.SharedMemory;

namespace Multitasking.Tests.SharedMemory;

/// <summary>Makes objects that use memory as if they had come from another process.</summary>
internal static class Arriving
{
    internal static SharedArray<T> Array<T>(SegmentLease lease, long length, long elementSize)
        where T : unmanaged => Into(new SharedArray<T>(1), Of(lease.Segment, length, elementSize));

    /// <summary>Another object for what an object uses.</summary>
    internal static T Again<T>(T arriving, ISharedObject original)
        where T : IDisposable, ISharedObject
    {
        var reference = original.Reference;
        return Into(arriving, Of(reference.Lease.Segment, reference.First, reference.Second));
    }

    internal static T Into<T>(T arriving, SharedArrival arrival)
        where T : IDisposable, ISharedObject
    {
        arriving.Dispose();
        arriving.Arrive(arrival);
        return arriving;
    }

    private static SharedArrival Of(SharedSegment segment, long length, long elementSize) =>
        new([segment.File.Duplicate()], segment.Id, segment.Size, 0, length, elementSize);
}
