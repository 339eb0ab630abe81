using System.Runtime.InteropServices;
using Multitasking.Contracts;
using Multitasking.SharedMemory;
using Multitasking.Synchronization;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.SharedMemory;

/// <summary>What happens when all 255 slots of a shared object are taken.</summary>
[Collection(nameof(Alone))]
public sealed class FullTableTests : WorkerTest
{
    // No process can have had this number at that time: it began one tick after the system.
    private const long Dead = (1L << 22) | ((1 << 22) - 1);

    [Fact]
    public async Task Process_becomes_a_member_in_place_of_dead_ones()
    {
        using var channel = ProcessChannel.CreateBounded<int>(1);
        using var mutex = new ProcessMutex();
        Fill(channel, Dead);
        Fill(mutex, Dead);
        var writer = channel.Writer;
        int entered = await ChildProcess.RunAsync(() =>
        {
            using var hold = mutex.Enter();
            writer.Write(7);
            return 1;
        }, cancellationToken: Cancelled);
        Assert.Equal(1, entered);
        Assert.Equal(7, channel.Reader.Read(Cancelled));
    }

    [Fact]
    public async Task Process_is_refused_where_all_are_alive()
    {
        using var channel = ProcessChannel.CreateBounded<int>(1);
        // Process 1 is always there; as a member it is nobody's business here.
        Fill(channel, ProcessStamp.TryOf(1));
        var reader = channel.Reader;
        var refusal = await Assert.ThrowsAsync<RemoteException>(() => ChildProcess.RunAsync(() => reader.Count, cancellationToken: Cancelled));
        Assert.Contains("255", refusal.Message, StringComparison.Ordinal);
        Fill(channel, 0);
    }

    private static unsafe void Fill(object shared, long stamp)
    {
        var segment = ((ISharedObject)shared).Reference.Lease.Segment;
        int own = segment.Core<IShared>().Membership.Slot;
        for (int slot = 1; slot <= SegmentLayout.MostMembers; slot++)
            if (slot != own)
                Marshal.WriteInt64((nint)(segment.Start + (slot * SegmentLayout.SlotSize)), stamp);
    }
}
