using System.ComponentModel;
using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.SharedMemory;
using Multitasking.Synchronization;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.SharedMemory;

/// <summary>What a process does to others whose descriptors have run out.</summary>
[Collection(nameof(Alone))]
public sealed class ScarceDescriptorTests : WorkerTest
{
    [Fact]
    public async Task Process_without_descriptors_takes_nobody_for_dead()
    {
        using var mutex = new ProcessMutex();
        using var hold = mutex.Enter(Cancelled);
        string seen = await ChildProcess.RunAsync(() => LookWithoutDescriptors(mutex), cancellationToken: Cancelled);
        Assert.Equal("alive, held", seen);
    }

    private static string LookWithoutDescriptors(ProcessMutex mutex)
    {
        var file = ((ISharedObject)mutex).Reference.Lease.Segment.File;
        var all = new List<SafeDescriptor>();
        bool isAlive;
        bool isTaken;
        // Compiled and loaded before the last descriptor is gone.
        mutex.TryEnter(TimeSpan.Zero, out _);
        _ = ProcessStamp.IsAlive(ProcessStamp.TryOf(ChildProcess.ParentId));
        long parent = ProcessStamp.TryOf(ChildProcess.ParentId);
        try
        {
            while (true)
                all.Add(file.Duplicate());
        }
        catch (Win32Exception)
        {
            isAlive = ProcessStamp.IsAlive(parent);
            ((ISharedObject)mutex).Reference.Lease.Segment.Core<IShared>().Membership.RecoverDead();
            isTaken = mutex.TryEnter(TimeSpan.Zero, out _);
        }
        finally
        {
            all.ForEach(static copy => copy.Dispose());
        }
        return $"{(isAlive ? "alive" : "dead")}, {(isTaken ? "taken" : "held")}";
    }
}
