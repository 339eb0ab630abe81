using Multitasking.Contracts;
using Multitasking.SharedMemory;
using Multitasking.Synchronization;
using Xunit;

namespace Multitasking.Tests.Synchronization;

public sealed class ConditionTests : IDisposable
{
    private readonly ProcessCondition _condition = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _condition.Dispose();

    [Fact]
    public async Task Thread_that_waits_goes_on_when_it_is_pulsed_and_is_inside_again()
    {
        bool isReady = false;
        var waiting = Crew.Start(() =>
        {
            using (_condition.Enter())
            {
                _condition.Wait(() => isReady);
                isReady = false;
                _condition.PulseAll();
            }
        });
        await Crew.AssertWaitsAsync(waiting);
        using (_condition.Enter())
        {
            isReady = true;
            _condition.Pulse();
            Assert.True(_condition.TryWait(() => !isReady, Until.Limit));
        }
        await waiting;
        AssertFree();
    }

    [Fact]
    public async Task Pulse_wakes_those_that_have_waited_longest()
    {
        var first = WaiterAsync();
        var second = WaiterAsync();
        var third = WaiterAsync();
        Pulse(2);
        await Task.WhenAll(first, second).WaitAsync(Until.Limit, Cancelled);
        await Crew.AssertWaitsAsync(third);
        Pulse(1);
        Assert.True(await third.WaitAsync(Until.Limit, Cancelled));
    }

    [Fact]
    public async Task Pulse_does_not_go_to_one_who_comes_after_it()
    {
        Pulse(3);
        var waiting = WaiterAsync();
        await Crew.AssertWaitsAsync(waiting);
        using (_condition.Enter())
        {
            _condition.Pulse();
            Assert.False(_condition.TryWait(TimeSpan.Zero));
        }
        Assert.True(await waiting.WaitAsync(Until.Limit, Cancelled));
    }

    [Fact]
    public async Task Pulse_of_all_wakes_all()
    {
        var threads = Crew.Start(4, _ =>
        {
            using (_condition.Enter())
                _condition.Wait();
        });
        var tasks = Enumerable.Range(0, 4).Select(_ => WaiterAsync()).ToArray();
        await Until.TrueAsync(() => Waiting == 8);
        using (_condition.Enter())
            _condition.PulseAll();
        await Task.WhenAll(tasks.Append(threads)).WaitAsync(Until.Limit, Cancelled);
        AssertFree();
    }

    [Fact]
    public async Task Who_gave_up_takes_no_pulse_along()
    {
        Assert.False(await WaiterAsync(TimeSpan.FromMilliseconds(1)));
        using var source = new CancellationTokenSource();
        var cancelled = WaiterAsync(token: source.Token);
        var third = WaiterAsync();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Until.Limit, Cancelled));
        Pulse(1);
        Assert.True(await third.WaitAsync(Until.Limit, Cancelled));
    }

    [Fact]
    public async Task Who_is_pulsed_and_cancelled_at_once_was_pulsed()
    {
        using var source = new CancellationTokenSource();
        var waiting = WaiterAsync(token: source.Token);
        using (await _condition.EnterAsync())
        {
            await source.CancelAsync();
            _condition.Pulse();
        }
        Assert.True(await waiting.WaitAsync(Until.Limit, Cancelled));
        AssertFree();
    }

    [Fact]
    public async Task Cancelled_waiter_is_inside_again_when_it_is_told()
    {
        using var source = new CancellationTokenSource();
        await Crew.Start(() =>
        {
            using (_condition.Enter())
            {
                source.CancelAfter(20);
                Assert.ThrowsAny<OperationCanceledException>(() => _condition.Wait(source.Token));
                Assert.ThrowsAny<OperationCanceledException>(() => _condition.Wait(source.Token));
                Assert.Throws<LockRecursionException>(() => _condition.Enter());
            }
        });
        AssertFree();
    }

    [Fact]
    public async Task Waiting_and_pulsing_outside_are_refused()
    {
        var exception = Assert.Throws<SynchronizationLockException>(() => _condition.Wait());
        Assert.Contains("using (condition.Enter())", exception.Message, StringComparison.Ordinal);
        Assert.Throws<SynchronizationLockException>(() => _condition.TryWait(TimeSpan.Zero));
        Assert.Throws<SynchronizationLockException>(() => _condition.Pulse());
        Assert.Throws<SynchronizationLockException>(_condition.PulseAll);
        await Assert.ThrowsAsync<SynchronizationLockException>(() => _condition.WaitAsync().AsTask());
        using var puppet = new Puppet(Cores.Of(_condition));
        Cores.Of(_condition).Word() = puppet.Slot;
        Assert.Throws<SynchronizationLockException>(() => _condition.Pulse());
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        using var hold = _condition.Enter();
        Assert.Throws<ArgumentOutOfRangeException>(() => _condition.Pulse(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _condition.TryWait(TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentNullException>(() => _condition.Wait(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _condition.WaitAsync(null!).AsTask());
    }

    [Fact]
    public async Task Waiter_ends_when_it_is_disposed_of()
    {
        var condition = new ProcessCondition();
        var waiting = Crew.Start(() =>
        {
            using (condition.Enter())
                Assert.Throws<ObjectDisposedException>(() => condition.Wait());
        });
        await Crew.AssertWaitsAsync(waiting);
        condition.Dispose();
        await waiting;
    }

    [Fact]
    public async Task Everybody_wakes_when_a_process_dies()
    {
        using var puppet = new Puppet(Cores.Of(_condition));
        var first = WaiterAsync();
        var thread = Crew.Start(() =>
        {
            using (_condition.Enter())
                _condition.Wait();
        });
        await Crew.AssertWaitsAsync(Task.WhenAny(first, thread));
        puppet.Kill();
        await Task.WhenAll(first, thread).WaitAsync(Until.Limit, Cancelled);
        var later = WaiterAsync();
        await Crew.AssertWaitsAsync(later);
        Pulse(1);
        Assert.True(await later.WaitAsync(Until.Limit, Cancelled));
    }

    [Fact]
    public async Task Next_one_is_told_when_the_owner_died_outside_and_inside()
    {
        var core = Cores.Of(_condition);
        using (var puppet = new Puppet(core))
            core.Word() = puppet.Slot;
        using (var hold = _condition.Enter())
            Assert.True(hold.OwnerDied);
        using var second = new Puppet(core);
        await Crew.Start(() =>
        {
            using var hold = _condition.Enter();
            Assert.False(hold.OwnerDied);
            var dying = Task.Run(async () =>
            {
                await Until.TrueAsync(() => (Volatile.Read(ref core.Word()) & 0xff) == 0);
                core.Word() = second.Slot;
                second.Kill();
            });
            _condition.Wait();
            Assert.True(hold.OwnerDied);
        });
        using var last = _condition.Enter();
        Assert.False(last.OwnerDied);
    }

    [Fact]
    public async Task Queue_that_a_dead_owner_has_left_torn_is_begun_anew()
    {
        var core = Cores.Of(_condition);
        using (var puppet = new Puppet(core))
        {
            core.Word() = puppet.Slot;
            core.Long(PulseQueue.NextOffset) = 5;
            core.Long(SegmentLayout.State + 64) = 0x55;
        }
        var waiting = WaiterAsync();
        await Until.TrueAsync(() => Waiting == 1);
        Pulse(1);
        Assert.True(await waiting.WaitAsync(Until.Limit, Cancelled));
    }

    [Fact]
    public async Task Queue_whose_places_are_used_up_wakes_those_in_it()
    {
        var first = WaiterAsync();
        using (_condition.Enter())
            for (int i = 0; i < PulseQueue.Longest - 1; i++)
                Assert.False(_condition.TryWait(TimeSpan.Zero));
        await Crew.AssertWaitsAsync(first);
        var second = WaiterAsync();
        Assert.True(await first.WaitAsync(Until.Limit, Cancelled));
        await Crew.AssertWaitsAsync(second);
        Pulse(1);
        Assert.True(await second.WaitAsync(Until.Limit, Cancelled));
    }

    [Fact]
    public void Queue_that_cannot_be_ends_in_an_exception()
    {
        using var hold = _condition.Enter();
        Cores.Of(_condition).Long(PulseQueue.NextOffset) = -1;
        Assert.Throws<InvalidDataException>(() => _condition.Pulse());
        Assert.Throws<InvalidDataException>(_condition.PulseAll);
        Assert.Throws<InvalidDataException>(() => _condition.Wait());
        Cores.Of(_condition).Long(PulseQueue.NextOffset) = long.MaxValue;
        Assert.Throws<InvalidDataException>(() => _condition.Wait());
    }

    [Fact]
    public async Task Queue_of_items_loses_none()
    {
        var items = new Queue<int>();
        long sum = 0;
        var consumers = Crew.Start(3, _ =>
        {
            while (true)
                using (_condition.Enter())
                {
                    _condition.Wait(() => items.Count > 0);
                    int item = items.Dequeue();
                    if (item < 0)
                        return;
                    sum += item;
                }
        });
        var consumersAsync = Enumerable.Range(0, 2).Select(async _ =>
        {
            while (true)
                using (await _condition.EnterAsync())
                {
                    await _condition.WaitAsync(() => items.Count > 0);
                    int item = items.Dequeue();
                    if (item < 0)
                        return;
                    sum += item;
                }
        }).ToArray();
        await Crew.Start(2, _ =>
        {
            for (int i = 1; i <= 3000; i++)
                using (_condition.Enter())
                {
                    items.Enqueue(i);
                    _condition.Pulse();
                }
        });
        using (_condition.Enter())
        {
            for (int i = 0; i < 5; i++)
                items.Enqueue(-1);
            _condition.PulseAll();
        }
        await Task.WhenAll(consumersAsync.Append(consumers)).WaitAsync(Until.Limit, Cancelled);
        Assert.Equal(2L * 3000 * 3001 / 2, sum);
    }

    private long Waiting => Volatile.Read(ref Cores.Of(_condition).Long(PulseQueue.NextOffset)) - Volatile.Read(ref Cores.Of(_condition).Long(PulseQueue.NextOffset + 8));

    // It is in the queue when this returns, if nobody is inside.
    private async Task<bool> WaiterAsync(TimeSpan? limit = null, CancellationToken token = default)
    {
        using (await _condition.EnterAsync(CancellationToken.None))
            return await _condition.TryWaitAsync(limit ?? Timeout.InfiniteTimeSpan, token);
    }

    private void Pulse(int count)
    {
        using (_condition.Enter())
            _condition.Pulse(count);
    }

    private void AssertFree()
    {
        Assert.True(_condition.TryEnter(TimeSpan.Zero, out var hold));
        hold.Dispose();
    }
}
