using Multitasking.Contracts;
using Multitasking.SharedMemory;
using Multitasking.Synchronization;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.SharedMemory;

/// <summary>Leaving a lock, and waiting for one, in a process that gets no descriptor and no thread any more.</summary>
[Collection(nameof(Alone))]
public sealed class LeavingTests : WorkerTest
{
    private const int HasWaiters = 0x100;

    [Theory]
    [InlineData("semaphore")]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("part")]
    public async Task Lock_is_left_without_a_descriptor_for_watching_others(string kind)
    {
        using var locks = new Locks();
        using var stage = new SharedValue<int>();
        var child = StartLeaving(kind, locks.Semaphore, locks.ReaderWriter, locks.Countdown, stage);
        var membership = locks.MembershipOf(kind);
        await Until.TrueAsync(() => stage.Value == 1 || child.IsCompleted);
        // So that the child has to wait for this process, of which it knows nothing yet.
        membership.StateLock.Enter();
        stage.Value = 2;
        await Until.TrueAsync(() => HasWaiter(membership) || child.IsCompleted);
        membership.StateLock.Exit();
        Assert.Equal("left", await child);
        Assert.True(locks.IsFree(kind));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Death_of_an_owner_is_noticed_without_a_descriptor(bool isAsync)
    {
        using var mutex = new ProcessMutex();
        using var stage = new SharedValue<int>();
        var owner = ChildProcess.Start(() => HoldForEver(mutex, stage));
        await Until.TrueAsync(() => stage.Value == 1);
        var heir = ChildProcess.RunAsync(() => InheritWithoutDescriptorsAsync(mutex, stage, isAsync), cancellationToken: Cancelled);
        await Until.TrueAsync(() => stage.Value == 2 || heir.IsCompleted);
        owner.Kill();
        Assert.True(await heir);
        await owner.JoinAsync(Cancelled);
    }

    [Fact]
    public async Task Lock_is_awaited_without_a_thread_and_with_one_when_there_are_threads_again()
    {
        using var mutex = new ProcessMutex();
        using var stage = new SharedValue<int>();
        var hold = mutex.Enter(Cancelled);
        var child = ChildProcess.RunAsync(() => AwaitWithoutThreadsAsync(mutex, stage), cancellationToken: Cancelled);
        await Until.TrueAsync(() => stage.Value == 1 || child.IsCompleted);
        hold.Dispose();
        await Until.TrueAsync(() => stage.Value == 2 || child.IsCompleted);
        hold = mutex.Enter(Cancelled);
        stage.Value = 3;
        await Until.TrueAsync(() => stage.Value == 4 || child.IsCompleted);
        hold.Dispose();
        Assert.Equal("0 threads, entered; 1 thread, entered; unmapped", await child);
    }

    private static unsafe bool HasWaiter(Membership membership) =>
        (Volatile.Read(ref *(int*)(membership.Start + SegmentLayout.StateLock)) & HasWaiters) != 0;

    private static Task<string> StartLeaving(
        string kind, ProcessSemaphore semaphore, ProcessReaderWriterLock readers, ProcessCountdown countdown, SharedValue<int> stage) =>
        ChildProcess.RunAsync(() => LeaveWithoutDescriptors(kind, semaphore, readers, countdown, stage), cancellationToken: Cancelled);

    private static string LeaveWithoutDescriptors(
        string kind, ProcessSemaphore semaphore, ProcessReaderWriterLock readerWriter, ProcessCountdown countdown, SharedValue<int> stage)
    {
        IDisposable hold = kind switch
        {
            "semaphore" => semaphore.Enter(),
            "read" => readerWriter.EnterRead(),
            "write" => readerWriter.EnterWrite(),
            _ => countdown.Take(),
        };
        using var none = Scarcity.OfDescriptors();
        stage.Value = 1;
        while (stage.Value != 2)
            Thread.Sleep(1);
        hold.Dispose();
        return "left";
    }

    private static void HoldForEver(ProcessMutex mutex, SharedValue<int> stage)
    {
        mutex.Enter();
        stage.Value = 1;
        Thread.Sleep(Timeout.Infinite);
    }

    private static async Task<bool> InheritWithoutDescriptorsAsync(ProcessMutex mutex, SharedValue<int> stage, bool isAsync)
    {
        // The timer's thread: the runtime has none without a descriptor.
        await Task.Delay(1);
        using var none = Scarcity.OfDescriptors();
        if (isAsync)
        {
            var entering = mutex.EnterAsync();
            stage.Value = 2;
            using var later = await entering;
            return later.OwnerDied;
        }
        stage.Value = 2;
        using var hold = mutex.Enter();
        return hold.OwnerDied;
    }

    private static async Task<string> AwaitWithoutThreadsAsync(ProcessMutex mutex, SharedValue<int> stage)
    {
        // The timer's thread, and those of the pool.
        await Task.Delay(1);
        string seen;
        using (Scarcity.OfThreads())
        {
            var entering = mutex.EnterAsync();
            stage.Value = 1;
            using var hold = await entering;
            seen = $"{Sleepers()} threads, entered; ";
        }
        stage.Value = 2;
        while (stage.Value != 3)
            await Task.Delay(1);
        var again = mutex.EnterAsync();
        seen += $"{Sleepers()} thread, entered; ";
        stage.Value = 4;
        (await again).Dispose();
        mutex.Dispose();
        await Until.ComesTrueAsync(() => !IsMapped(), Until.Limit);
        return seen + (IsMapped() ? "mapped" : "unmapped");
    }

    private static int Sleepers() => Directory.EnumerateDirectories("/proc/self/task")
        .Count(static thread => File.ReadAllText($"{thread}/comm").StartsWith("Multitasking.As", StringComparison.Ordinal));

    private static bool IsMapped() => File.ReadAllText("/proc/self/maps").Contains("multitasking-lock", StringComparison.Ordinal);

    /// <summary>One of each kind whose leaving takes the lock around its state.</summary>
    private sealed class Locks : IDisposable
    {
        internal ProcessSemaphore Semaphore { get; } = new(1);

        internal ProcessReaderWriterLock ReaderWriter { get; } = new();

        internal ProcessCountdown Countdown { get; } = new(1);

        internal Membership MembershipOf(string kind)
        {
            ISharedObject shared = kind switch { "semaphore" => Semaphore, "part" => Countdown, _ => ReaderWriter };
            return shared.Reference.Lease.Segment.Core<IShared>().Membership;
        }

        internal bool IsFree(string kind)
        {
            switch (kind)
            {
                case "semaphore":
                    return Semaphore.TryEnter(TimeSpan.Zero, out _);
                case "part":
                    return Countdown.TryWait(TimeSpan.Zero);
                default:
                    return ReaderWriter.TryEnterWrite(TimeSpan.Zero, out _);
            }
        }

        public void Dispose()
        {
            Semaphore.Dispose();
            ReaderWriter.Dispose();
            Countdown.Dispose();
        }
    }
}
