using System.Diagnostics;
using System.Runtime.CompilerServices;
using Multitasking.SharedMemory;
using Multitasking.Synchronization;

namespace Multitasking.Tests.Synchronization;

/// <summary>What is behind the public locks, to put it into states that otherwise need a kill at just one instruction.</summary>
internal static class Cores
{
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_core")]
    internal static extern ref MutexCore Of(ProcessMutex mutex);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_core")]
    internal static extern ref SemaphoreCore Of(ProcessSemaphore semaphore);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_core")]
    internal static extern ref EventCore Of(ProcessEvent processEvent);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_core")]
    internal static extern ref ConditionCore Of(ProcessCondition condition);

    /// <summary>The first word of a lock's state.</summary>
    internal static ref int Word(this LockCore core, int offset = 0) => ref core.Int(SegmentLayout.State + offset);
}

/// <summary>A process that is a member of a lock, knows nothing of it, and can be killed.</summary>
internal sealed class Puppet : IDisposable
{
    private readonly Process _process = Process.Start(new ProcessStartInfo("sleep", ["100"]))!;

    internal Puppet(LockCore core)
    {
        if (!core.Membership.TryEnroll(_process.Id, 0))
            throw new InvalidOperationException("It did not become a member.");
        Slot = Enumerable.Range(1, SegmentLayout.MostMembers).Single(slot => slot != core.Membership.Slot && core.Membership.IsMember(slot));
    }

    internal int Slot { get; }

    internal void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
