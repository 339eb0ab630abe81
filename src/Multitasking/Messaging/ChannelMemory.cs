using System.ComponentModel;
using Multitasking.Interop;
using Multitasking.SharedMemory;
using Multitasking.Transport;

namespace Multitasking.Messaging;

/// <summary>Makes the memory of a channel: a ring that is mostly reserved, and gets memory as it fills.</summary>
internal static class ChannelMemory
{
    /// <summary>The shortest ring that is of use.</summary>
    internal const long SmallestRing = 64 << 10;

    // Of a limited address space, so that several channels find room beside all else.
    private const int PartOfAddressSpace = 16;

    /// <param name="name">What it is called in lists of mappings.</param>
    /// <param name="capacity">How many messages it holds at most.</param>
    /// <param name="ring">How long the ring should be; a power of two.</param>
    /// <param name="least">How long it must be: where the process' limits forbid more, it is the longest that they allow.</param>
    /// <param name="mayShare">Whether descriptors go with messages.</param>
    /// <returns>The share of who reads.</returns>
    /// <exception cref="IOException">The system has no memory or descriptor for it.</exception>
    internal static SegmentLease Create(string name, long capacity, long ring, long least, bool mayShare)
    {
        Platform.RequireLinux();
        long most = Math.Min(ResourceLimit.FileSize - SegmentLayout.Size, ResourceLimit.AddressSpace / PartOfAddressSpace);
        while (ring > most && ring > least)
            ring /= 2;
        while (true)
            try
            {
                return Create(name, capacity, ring, mayShare);
            }
            catch (IOException exception)
                when (ring > least && exception.InnerException is Win32Exception { NativeErrorCode: Constants.ENOMEM })
            {
                // No range of addresses that long is free.
                ring /= 2;
            }
    }

    private static SegmentLease Create(string name, long capacity, long ring, bool mayShare)
    {
        SafeDescriptor[] carrier = [];
        if (mayShare)
        {
            var pair = Refusal.Try(SegmentLayout.Size + ring, SocketPair.CreateForMessages);
            carrier = [pair.Near, pair.Far];
        }
        long size = SegmentLayout.Size + ring;
        return SharedSegment.Create(
            name, size, SegmentLayout.Size, ChannelCore.ReaderRole, segment => new ChannelCore(segment, capacity), carrier);
    }
}
