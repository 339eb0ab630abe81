using System.Collections.Concurrent;
using System.Diagnostics;
using Multitasking.Contracts;
using Multitasking.Synchronization;
using Xunit;

namespace Multitasking.Tests.Synchronization;

public sealed class MutexTests
{
    private const int Starving = 0x100, OwnerDied = 0x200;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Entering_again_on_the_same_thread_is_refused()
    {
        using var mutex = new ProcessMutex();
        using (mutex.Enter())
        {
            Assert.Throws<LockRecursionException>(() => mutex.Enter());
            Assert.Throws<LockRecursionException>(() => mutex.TryEnter(TimeSpan.Zero, out _));
        }
        mutex.Enter().Dispose();
    }

    [Fact]
    public async Task What_was_entered_before_an_await_is_left_behind_it()
    {
        using var mutex = new ProcessMutex();
        using (await mutex.EnterAsync())
            await Task.Yield();
        var hold = mutex.Enter();
        await Crew.Start(hold.Dispose);
        Assert.True(mutex.TryEnter(TimeSpan.Zero, out _));
    }

    [Fact]
    public async Task Exit_leaves_it_on_any_thread()
    {
        using var mutex = new ProcessMutex();
        _ = mutex.Enter();
        await Crew.Start(mutex.Exit);
        Assert.NotNull(await mutex.TryEnterAsync(TimeSpan.Zero));
    }

    [Fact]
    public void Leaving_what_one_does_not_hold_is_refused()
    {
        using var mutex = new ProcessMutex();
        var exception = Assert.Throws<SynchronizationLockException>(mutex.Exit);
        Assert.Contains("using", exception.Message, StringComparison.Ordinal);
        var hold = mutex.Enter();
        mutex.Exit();
        Assert.Throws<SynchronizationLockException>(mutex.Exit);
        hold.Dispose();
        using var puppet = new Puppet(Cores.Of(mutex));
        Cores.Of(mutex).Word() = puppet.Slot;
        Assert.Throws<SynchronizationLockException>(mutex.Exit);
    }

    [Fact]
    public void Hold_that_was_made_by_nobody_leaves_nothing() => default(MutexHold).Dispose();

    [Fact]
    public void Hold_that_outlives_the_mutex_is_left_in_peace()
    {
        var mutex = new ProcessMutex();
        using (mutex.Enter())
            mutex.Dispose();
        Assert.Throws<ObjectDisposedException>(mutex.Exit);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Starving)]
    public async Task Next_one_gets_it_soon_when_the_owner_died_and_is_told_once(int mark)
    {
        using var mutex = new ProcessMutex();
        using var puppet = new Puppet(Cores.Of(mutex));
        Cores.Of(mutex).Word() = puppet.Slot | mark;
        var told = new ConcurrentQueue<bool>();
        var waiting = Crew.Start(() => EnterAndTell(mutex.Enter()));
        var waitingAsync = Task.Run(async () => EnterAndTell(await mutex.EnterAsync()));
        await Crew.AssertWaitsAsync(Task.WhenAny(waiting, waitingAsync));
        long killed = Stopwatch.GetTimestamp();
        puppet.Kill();
        await Task.WhenAll(waiting, waitingAsync).WaitAsync(Until.Limit, Cancelled);
        Assert.InRange(Stopwatch.GetElapsedTime(killed), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal([true, false], told);

        void EnterAndTell(MutexHold hold)
        {
            using (hold)
                told.Enqueue(hold.OwnerDied);
        }
    }

    [Fact]
    public void Owner_that_died_before_anybody_came_is_told_of()
    {
        using var mutex = new ProcessMutex();
        using (var puppet = new Puppet(Cores.Of(mutex)))
            Cores.Of(mutex).Word() = puppet.Slot;
        using var hold = mutex.Enter();
        Assert.True(hold.OwnerDied);
    }

    [Fact]
    public void Who_only_tries_hears_of_a_death_too()
    {
        using var mutex = new ProcessMutex();
        using (var puppet = new Puppet(Cores.Of(mutex)))
        {
            Cores.Of(mutex).Word() = puppet.Slot;
            Assert.False(mutex.TryEnter(TimeSpan.Zero, out _));
        }
        Assert.True(SpinWait.SpinUntil(() => mutex.TryEnter(TimeSpan.Zero, out _), Until.Limit));
        mutex.Exit();
        using (var puppet = new Puppet(Cores.Of(mutex)))
            Cores.Of(mutex).Word() = puppet.Slot;
        Assert.True(mutex.TryEnter(TimeSpan.Zero, out var hold));
        Assert.True(hold.OwnerDied);
    }

    [Fact]
    public void Owner_that_died_is_not_told_of_to_one_who_does_not_get_in()
    {
        using var mutex = new ProcessMutex();
        Cores.Of(mutex).Word() = OwnerDied;
        Assert.Throws<OperationCanceledException>(() => mutex.Enter(new CancellationToken(canceled: true)));
        Assert.True(mutex.TryEnter(TimeSpan.Zero, out var hold));
        Assert.True(hold.OwnerDied);
    }

    [Fact]
    public async Task Death_of_one_who_starved_lets_newcomers_in()
    {
        using var mutex = new ProcessMutex();
        using var puppet = new Puppet(Cores.Of(mutex));
        Cores.Of(mutex).Membership.CoverPeers();
        using (mutex.Enter())
        {
            Cores.Of(mutex).Word() |= Starving;
            puppet.Kill();
            await Until.TrueAsync(() => (Volatile.Read(ref Cores.Of(mutex).Word()) & Starving) == 0);
        }
        using var again = mutex.Enter();
    }

    [Fact]
    public async Task Mark_of_one_who_is_gone_holds_nobody_up_for_long()
    {
        using var mutex = new ProcessMutex();
        Cores.Of(mutex).Word() = Starving;
        Assert.True(mutex.TryEnter(TimeSpan.Zero, out var hold));
        hold.Dispose();
        Cores.Of(mutex).Word() = Starving;
        Assert.True(mutex.TryEnter(Until.Limit, out hold));
        hold.Dispose();
        Cores.Of(mutex).Word() = Starving;
        (await mutex.EnterAsync().AsTask().WaitAsync(Until.Limit)).Dispose();
        Assert.Equal(0, Cores.Of(mutex).Word());
    }

    [Theory]
    [InlineData(77)]
    [InlineData(255)]
    [InlineData(0x7fff_ff01)]
    public async Task Word_of_an_owner_that_is_none_ends_in_an_exception(int word)
    {
        using var mutex = new ProcessMutex();
        Cores.Of(mutex).Word() = word;
        Assert.Throws<InvalidDataException>(() => mutex.Enter());
        await Assert.ThrowsAsync<InvalidDataException>(() => mutex.EnterAsync().AsTask().WaitAsync(Until.Limit));
    }

    [Fact]
    public async Task Word_that_is_scribbled_over_while_it_is_held_ends_in_an_exception_for_all()
    {
        using var mutex = new ProcessMutex();
        var hold = mutex.Enter();
        var waiting = Crew.Start(() => Assert.Throws<InvalidDataException>(() => mutex.Enter()));
        await Crew.AssertWaitsAsync(waiting);
        Cores.Of(mutex).Word() = 200;
        Assert.Throws<InvalidDataException>(hold.Dispose);
        await waiting;
    }

    [Fact]
    public async Task Sequence_of_wake_ups_wraps()
    {
        using var mutex = new ProcessMutex();
        unsafe
        {
            *Cores.Of(mutex).Membership.Point(1).SequenceWord = -3;
        }
        for (int i = 0; i < 6; i++)
        {
            var hold = mutex.Enter();
            var waiting = Crew.Start(() => mutex.Enter().Dispose());
            var waitingAsync = mutex.EnterAsync();
            await Until.TrueAsync(() => Cores.Of(mutex).Membership.Point(1).HasSleepers);
            hold.Dispose();
            (await waitingAsync.AsTask().WaitAsync(Until.Limit, Cancelled)).Dispose();
            await waiting;
        }
        Assert.True(Cores.Of(mutex).Membership.Point(1).Sequence is > 0 and < 100);
    }

    [Fact]
    public async Task Mutex_that_is_dropped_while_it_is_held_stays_held()
    {
        var mutex = new ProcessMutex();
        var reference = Hold(new WeakReference(mutex), mutex.Enter(), out var hold);
        mutex = null;
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }
        Assert.True(reference.IsAlive);
        hold.Dispose();

        static WeakReference Hold(WeakReference reference, MutexHold entered, out MutexHold hold)
        {
            hold = entered;
            return reference;
        }
    }
}
