using System.Runtime.InteropServices;
using Multitasking.Contracts;
using Multitasking.SharedMemory;
using Multitasking.Synchronization;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.SharedMemory;

/// <summary>A member that has stopped while it changes the table of members.</summary>
[Collection(nameof(Alone))]
public sealed class StoppedMemberTests : WorkerTest
{
    [Fact]
    public async Task Newcomer_is_told_who_has_stopped_and_comes_in_when_that_one_goes_on()
    {
        using var mutex = new ProcessMutex();
        // Process 1 is always there, and goes on when it is asked to.
        HoldTable(mutex, ProcessStamp.TryOf(1));
        var refusal = await Assert.ThrowsAsync<RemoteException>(
            () => ChildProcess.RunAsync(() => mutex.Enter().Dispose(), cancellationToken: Cancelled));
        Assert.Contains("Process 1 has stopped in the middle of using a shared object", refusal.Message, StringComparison.Ordinal);
        HoldTable(mutex, 0);
        await ChildProcess.RunAsync(() => mutex.Enter().Dispose(), cancellationToken: Cancelled);
    }

    private static unsafe void HoldTable(object shared, long stamp) =>
        Marshal.WriteInt64((nint)(((ISharedObject)shared).Reference.Lease.Segment.Start + SegmentLayout.RecoveryOwner), stamp);
}
