using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using Multitasking.Contracts;
using Multitasking.Synchronization;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Synchronization;

[Collection(nameof(Alone))]
public sealed class LocksBetweenProcessesTests : WorkerTest
{
    // Far below what it takes to time out, far above what it takes.
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Four_processes_count_exactly_under_each_lock()
    {
        const int rounds = 5000;
        string path = FileNamed("counters");
        await File.WriteAllBytesAsync(path, new byte[64], Cancelled);
        using var mutex = new ProcessMutex();
        using var semaphore = new ProcessSemaphore(1, 1);
        using var free = new ProcessEvent(EventReset.Auto, isSet: true);
        using var condition = new ProcessCondition();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ChildProcess.RunAsync(() => CountAll(path, mutex, semaphore, free, condition, rounds), cancellationToken: Cancelled)));
        using var file = MemoryMappedFile.CreateFromFile(path);
        using var counters = file.CreateViewAccessor();
        Assert.All([0, 8, 16, 24], place => Assert.Equal(4 * rounds, counters.ReadInt32(place)));
    }

    [Fact]
    public async Task Next_one_gets_the_mutex_at_once_when_its_owner_is_killed_and_is_told()
    {
        using var mutex = new ProcessMutex();
        var times = new List<TimeSpan>();
        for (int i = 0; i < 5; i++)
        {
            using var isInside = new ProcessEvent(EventReset.Manual);
            var owner = await StartAsync(() => HoldAndSleep(mutex, isInside), isInside);
            var waiting = i % 2 == 0 ? Crew.Start(Enter) : Task.Run(async () => Check(await mutex.EnterAsync()));
            await Crew.AssertWaitsAsync(waiting);
            long killed = Stopwatch.GetTimestamp();
            await KillAsync(owner);
            await waiting;
            times.Add(Stopwatch.GetElapsedTime(killed));
        }
        Assert.InRange(times.Order().ElementAt(2), TimeSpan.Zero, s_soon);
        using var later = mutex.Enter();
        Assert.False(later.OwnerDied);

        void Enter() => Check(mutex.Enter());

        static void Check(MutexHold hold)
        {
            using (hold)
                Assert.True(hold.OwnerDied);
        }
    }

    [Fact]
    public async Task Process_that_exits_without_leaving_the_mutex_is_a_dead_owner()
    {
        using var mutex = new ProcessMutex();
        await ChildProcess.RunAsync(() => { _ = mutex.Enter(); }, cancellationToken: Cancelled);
        Assert.True(mutex.TryEnter(Until.Limit, out var hold));
        Assert.True(hold.OwnerDied);
    }

    [Fact]
    public async Task Process_that_disposes_of_the_mutex_without_leaving_it_is_a_dead_owner()
    {
        using var mutex = new ProcessMutex();
        using var isOver = new ProcessEvent(EventReset.Manual);
        var owner = ChildProcess.RunAsync(() =>
        {
            _ = mutex.Enter();
            mutex.Dispose();
            isOver.Wait();
        }, cancellationToken: Cancelled);
        await Until.TrueAsync(() =>
        {
            if (!mutex.TryEnter(TimeSpan.Zero, out var hold))
                return false;
            using (hold)
                return hold.OwnerDied;
        });
        isOver.Set();
        await owner;
    }

    [Fact]
    public async Task Killed_waiters_hold_nobody_up()
    {
        using var mutex = new ProcessMutex();
        using var semaphore = new ProcessSemaphore(0);
        using var auto = new ProcessEvent(EventReset.Auto);
        using var condition = new ProcessCondition();
        using var isReady = new ProcessEvent(EventReset.Manual);
        var hold = await mutex.EnterAsync(Cancelled);
        var waiter = await StartAsync(() => WaitForAll(mutex, semaphore, auto, condition, isReady), isReady);
        var second = await StartAsync(() => WaitForAll(mutex, semaphore, auto, condition, isReady), isReady);
        await Task.Delay(50, Cancelled);
        await KillAsync(waiter);
        await KillAsync(second);
        var own = WaitForAllAsync(mutex, semaphore, auto, condition);
        await Crew.AssertWaitsAsync(own);
        hold.Dispose();
        semaphore.Release();
        auto.Set();
        await Until.TrueAsync(() =>
        {
            using (condition.Enter())
                condition.Pulse();
            return own.IsCompleted;
        });
        await own;
        Assert.Equal(0, semaphore.CurrentCount);
        Assert.False(auto.IsSet);
    }

    [Fact]
    public async Task Permits_of_a_killed_process_are_returned()
    {
        using var semaphore = new ProcessSemaphore(3, 3);
        using var isReady = new ProcessEvent(EventReset.Manual);
        var holder = await StartAsync(() => TakeAndSleep(semaphore, isReady), isReady);
        Assert.Equal(0, semaphore.CurrentCount);
        var waiting = semaphore.EnterAsync(Cancelled).AsTask();
        await Crew.AssertWaitsAsync(waiting);
        await KillAsync(holder);
        (await waiting.WaitAsync(Until.Limit, Cancelled)).Dispose();
        // The third was taken for good.
        Assert.Equal(2, semaphore.CurrentCount);
    }

    [Fact]
    public async Task Kill_at_any_moment_wedges_no_lock_and_loses_no_permit()
    {
        using var mutex = new ProcessMutex();
        using var semaphore = new ProcessSemaphore(2, 2);
        using var condition = new ProcessCondition();
        var random = new Random(7);
        for (int i = 0; i < Rounds.Of(35); i++)
        {
            using var isReady = new ProcessEvent(EventReset.Manual);
            var first = await StartAsync(() => Hammer(mutex, semaphore, condition, isReady), isReady);
            var second = await StartAsync(() => Hammer(mutex, semaphore, condition, isReady), isReady);
            Thread.SpinWait(random.Next(100_000));
            first.Kill();
            await AssertUsableAsync(mutex, semaphore, condition);
            second.Kill();
            await first.JoinAsync(Cancelled);
            await second.JoinAsync(Cancelled);
            await AssertUsableAsync(mutex, semaphore, condition);
            await Until.TrueAsync(() => semaphore.CurrentCount == 2);
        }
    }

    private static async Task AssertUsableAsync(ProcessMutex mutex, ProcessSemaphore semaphore, ProcessCondition condition)
    {
        await Crew.Start(() =>
        {
            Assert.True(mutex.TryEnter(Until.Limit, out var hold));
            hold.Dispose();
            Assert.True(condition.TryEnter(Until.Limit, out var inside));
            inside.Dispose();
        });
        using var permit = await semaphore.TryEnterAsync(Until.Limit);
        Assert.NotNull(permit);
    }

    private static async Task<ChildProcess> StartAsync(Action target, ProcessEvent isReady)
    {
        isReady.Reset();
        var child = new ChildProcess(target) { IsDaemon = true };
        child.Start();
        Assert.True(await isReady.TryWaitAsync(Until.Limit, Cancelled));
        return child;
    }

    private static async Task KillAsync(ChildProcess child)
    {
        child.Kill();
        await child.JoinAsync(Cancelled);
    }

    private static void HoldAndSleep(ProcessMutex mutex, ProcessEvent isInside)
    {
        using var hold = mutex.Enter();
        isInside.Set();
        Thread.Sleep(Timeout.Infinite);
    }

    private static void TakeAndSleep(ProcessSemaphore semaphore, ProcessEvent isReady)
    {
        using var first = semaphore.Enter();
        using var second = semaphore.Enter();
        semaphore.Wait();
        isReady.Set();
        Thread.Sleep(Timeout.Infinite);
    }

    private static void WaitForAll(ProcessMutex mutex, ProcessSemaphore semaphore, ProcessEvent auto, ProcessCondition condition, ProcessEvent isReady)
    {
        var waiting = Task.WhenAll(
            Crew.Start(() => mutex.Enter()), Crew.Start(() => semaphore.Wait()), Crew.Start(() => auto.Wait()), WaitForAllAsync(mutex, semaphore, auto, condition));
        isReady.Set();
        waiting.GetAwaiter().GetResult();
    }

    private static async Task WaitForAllAsync(ProcessMutex mutex, ProcessSemaphore semaphore, ProcessEvent auto, ProcessCondition condition)
    {
        var entering = mutex.EnterAsync().AsTask();
        var others = Task.WhenAll(semaphore.WaitAsync().AsTask(), auto.WaitAsync().AsTask());
        using (await condition.EnterAsync())
            await condition.WaitAsync();
        (await entering).Dispose();
        await others;
    }

    private static void Hammer(ProcessMutex mutex, ProcessSemaphore semaphore, ProcessCondition condition, ProcessEvent isReady)
    {
        isReady.Set();
        while (true)
        {
            using (mutex.Enter())
                Thread.SpinWait(20);
            using (semaphore.Enter())
                Thread.SpinWait(20);
            using (condition.Enter())
            {
                condition.Pulse();
                condition.TryWait(TimeSpan.FromMicroseconds(50));
            }
        }
    }

    private static void CountAll(string path, ProcessMutex mutex, ProcessSemaphore semaphore, ProcessEvent free, ProcessCondition condition, int rounds)
    {
        using var file = MemoryMappedFile.CreateFromFile(path);
        using var counters = file.CreateViewAccessor();
        for (int i = 0; i < rounds; i++)
        {
            using (mutex.Enter())
                Count(counters, 0);
            using (semaphore.Enter())
                Count(counters, 8);
            free.Wait();
            Count(counters, 16);
            free.Set();
            using (condition.Enter())
                Count(counters, 24);
        }
    }

    private static void Count(MemoryMappedViewAccessor counters, int place) => counters.Write(place, counters.ReadInt32(place) + 1);
}
