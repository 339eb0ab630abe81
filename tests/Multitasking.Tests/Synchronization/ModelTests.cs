using CsCheck;
using Multitasking.Contracts;
using Multitasking.Synchronization;
using Xunit;

namespace Multitasking.Tests.Synchronization;

/// <summary>Any sequence of operations does what it does to a plain model.</summary>
public sealed class ModelTests
{
    private static readonly Gen<(int Kind, int Number)[]> s_operations = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3]).Array[0, 60];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Mutex_is_as_its_model(bool isRecursive) => s_operations.Sample(
        operations =>
        {
            using var mutex = new ProcessMutex(isRecursive);
            var holds = new List<(MutexHold Hold, bool IsOpen)>();
            foreach (var (kind, number) in operations)
            {
                int depth = holds.Count(static hold => hold.IsOpen);
                switch (kind)
                {
                    case 0 or 1 when depth > 0 && !isRecursive:
                        Assert.Throws<LockRecursionException>(() => mutex.TryEnter(TimeSpan.Zero, out _));
                        break;
                    case 0 or 1:
                        Assert.True(mutex.TryEnter(TimeSpan.Zero, out var entered));
                        Assert.False(entered.OwnerDied);
                        holds.Add((entered, true));
                        break;
                    case 2 when depth > 0:
                        mutex.Exit();
                        int last = isRecursive ? Last(holds) : holds.FindIndex(static hold => hold.IsOpen);
                        holds[last] = (holds[last].Hold, false);
                        break;
                    case 2:
                        Assert.Throws<SynchronizationLockException>(mutex.Exit);
                        break;
                    case 3 or 4 when holds.Count > 0:
                        // Also those that are left already.
                        int at = holds.Count - 1 - (number % holds.Count);
                        holds[at].Hold.Dispose();
                        holds[at] = (holds[at].Hold, false);
                        break;
                    case 5 when !isRecursive:
                        // Asynchronously, that is as another would.
                        var trying = mutex.TryEnterAsync(TimeSpan.Zero);
                        Assert.True(trying.IsCompleted);
                        var hold = trying.Result;
                        Assert.Equal(depth == 0, hold is not null);
                        hold?.Dispose();
                        break;
                }
            }
        },
        iter: 300,
        threads: 1);

    [Fact]
    public void Semaphore_is_as_its_model() => Gen.Select(Gen.Int[0, 3], s_operations).Sample(
        (initial, operations) =>
        {
            const int maximum = 4;
            using var semaphore = new ProcessSemaphore(initial, maximum);
            int free = initial, held = 0;
            var holds = new List<(SemaphoreHold Hold, bool IsOpen)>();
            foreach (var (kind, number) in operations)
            {
                switch (kind)
                {
                    case 0:
                        Assert.Equal(free > 0, semaphore.TryWait(TimeSpan.Zero));
                        free = Math.Max(0, free - 1);
                        break;
                    case 1 or 2:
                        bool entered = semaphore.TryEnter(TimeSpan.Zero, out var hold);
                        Assert.Equal(free > 0, entered);
                        if (!entered)
                            break;
                        holds.Add((hold!, true));
                        free--;
                        held++;
                        break;
                    case 3 when free + held + number + 1 > maximum:
                        Assert.Throws<SemaphoreFullException>(() => semaphore.Release(number + 1));
                        break;
                    case 3:
                        Assert.Equal(free, semaphore.Release(number + 1));
                        free += number + 1;
                        break;
                    case 4 or 5 when holds.Count > 0:
                        int at = number % holds.Count;
                        holds[at].Hold.Dispose();
                        if (holds[at].IsOpen)
                        {
                            free++;
                            held--;
                        }
                        holds[at] = (holds[at].Hold, false);
                        break;
                }
                Assert.Equal(free, semaphore.CurrentCount);
            }
        },
        iter: 300,
        threads: 1);

    [Fact]
    public void Event_is_as_its_model() => Gen.Select(Gen.Bool, Gen.Bool, s_operations).Sample(
        (isAuto, isSet, operations) =>
        {
            using var processEvent = new ProcessEvent(isAuto ? EventReset.Auto : EventReset.Manual, isSet);
            foreach (var (kind, _) in operations)
            {
                switch (kind)
                {
                    case 0 or 1:
                        processEvent.Set();
                        isSet = true;
                        break;
                    case 2:
                        processEvent.Reset();
                        isSet = false;
                        break;
                    default:
                        Assert.Equal(isSet, processEvent.TryWait(TimeSpan.Zero));
                        isSet &= !isAuto;
                        break;
                }
                Assert.Equal(isSet, processEvent.IsSet);
            }
        },
        iter: 300,
        threads: 1);

    [Fact]
    public Task Condition_is_as_its_model() => s_operations.SampleAsync(
        async operations =>
        {
            using var condition = new ProcessCondition();
            using var over = new CancellationTokenSource();
            var queue = new List<(Task<bool> Waiting, CancellationTokenSource Source)>();
            foreach (var (kind, number) in operations)
            {
                switch (kind)
                {
                    case 0 or 1 or 2:
                        var source = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
                        queue.Add((WaitAsync(condition, source.Token), source));
                        break;
                    case 3:
                        await PulseAsync(condition, number + 1, queue, number + 1);
                        break;
                    case 4 when number == 0:
                        await PulseAsync(condition, null, queue, queue.Count);
                        break;
                    case 5 when queue.Count > 0:
                        var (waiting, cancelled) = queue[number % queue.Count];
                        queue.RemoveAt(number % queue.Count);
                        await cancelled.CancelAsync();
                        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Until.Limit));
                        break;
                }
                Assert.All(queue, static waiter => Assert.False(waiter.Waiting.IsCompleted));
            }
            await over.CancelAsync();
            foreach (var (waiting, source) in queue)
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Until.Limit));
                source.Dispose();
            }
        },
        iter: 60,
        threads: 1);

    private static int Last(List<(MutexHold Hold, bool IsOpen)> holds) => holds.FindLastIndex(static hold => hold.IsOpen);

    private static async Task<bool> WaitAsync(ProcessCondition condition, CancellationToken token)
    {
        using (await condition.EnterAsync(CancellationToken.None))
            return await condition.TryWaitAsync(Timeout.InfiniteTimeSpan, token);
    }

    private static async Task PulseAsync(ProcessCondition condition, int? count, List<(Task<bool> Waiting, CancellationTokenSource Source)> queue, int expected)
    {
        using (await condition.EnterAsync())
            if (count is { } some)
                condition.Pulse(some);
            else
                condition.PulseAll();
        var pulsed = queue.Take(expected).ToList();
        queue.RemoveRange(0, pulsed.Count);
        foreach (var (waiting, source) in pulsed)
        {
            Assert.True(await waiting.WaitAsync(Until.Limit));
            source.Dispose();
        }
    }
}
