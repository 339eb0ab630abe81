using Multitasking.Contracts;
using Multitasking.Synchronization;
using Xunit;

namespace Multitasking.Tests.Synchronization;

public sealed class EventTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EventReset.Manual)]
    [InlineData(EventReset.Auto)]
    public void It_begins_as_it_is_told(EventReset mode)
    {
        using var set = new ProcessEvent(mode, isSet: true);
        Assert.True(set.IsSet);
        Assert.True(set.TryWait(TimeSpan.Zero));
        using var unset = new ProcessEvent(mode);
        Assert.False(unset.IsSet);
        Assert.False(unset.TryWait(TimeSpan.Zero));
    }

    [Fact]
    public void Manual_one_lets_everybody_through_until_it_is_reset()
    {
        using var manual = new ProcessEvent(EventReset.Manual);
        manual.Set();
        manual.Set();
        manual.Wait();
        manual.Wait();
        Assert.True(manual.IsSet);
        manual.Reset();
        Assert.False(manual.TryWait(TimeSpan.Zero));
    }

    [Fact]
    public void Automatic_one_lets_one_through_each_time_it_is_set()
    {
        using var auto = new ProcessEvent(EventReset.Auto);
        auto.Set();
        auto.Set();
        auto.Wait();
        Assert.False(auto.IsSet);
        Assert.False(auto.TryWait(TimeSpan.Zero));
        auto.Set();
        auto.Reset();
        Assert.False(auto.TryWait(TimeSpan.Zero));
    }

    [Fact]
    public async Task Set_wakes_all_who_wait_for_a_manual_one()
    {
        using var manual = new ProcessEvent(EventReset.Manual);
        var threads = Crew.Start(4, _ => manual.Wait());
        var tasks = Enumerable.Range(0, 4).Select(_ => manual.WaitAsync().AsTask()).ToArray();
        await Crew.AssertWaitsAsync(threads);
        manual.Set();
        await Task.WhenAll(tasks.Append(threads)).WaitAsync(Until.Limit, Cancelled);
    }

    [Fact]
    public async Task Set_and_reset_at_once_wakes_those_who_wait_for_a_manual_one()
    {
        using var manual = new ProcessEvent(EventReset.Manual);
        var task = manual.WaitAsync().AsTask();
        var thread = Crew.Start(() => manual.Wait());
        await Crew.AssertWaitsAsync(thread);
        manual.Set();
        manual.Reset();
        await Task.WhenAll(task, thread).WaitAsync(Until.Limit, Cancelled);
        Assert.False(manual.TryWait(TimeSpan.Zero));
    }

    [Fact]
    public async Task Set_wakes_exactly_one_who_waits_for_an_automatic_one()
    {
        using var auto = new ProcessEvent(EventReset.Auto);
        int through = 0;
        var threads = Crew.Start(3, _ =>
        {
            auto.Wait();
            Interlocked.Increment(ref through);
        });
        for (int i = 1; i <= 3; i++)
        {
            auto.Set();
            await Until.TrueAsync(() => Volatile.Read(ref through) == i);
        }
        await threads;
        Assert.False(auto.IsSet);
    }

    [Fact]
    public async Task Two_that_take_turns_lose_no_signal()
    {
        using var ping = new ProcessEvent(EventReset.Auto);
        using var pong = new ProcessEvent(EventReset.Auto);
        var other = Crew.Start(() =>
        {
            for (int i = 0; i < 5000; i++)
            {
                ping.Wait();
                pong.Set();
            }
        });
        for (int i = 0; i < 5000; i++)
        {
            ping.Set();
            await pong.WaitAsync();
        }
        await other;
    }

    [Fact]
    public async Task Number_of_times_it_was_set_wraps()
    {
        using var manual = new ProcessEvent(EventReset.Manual);
        Cores.Of(manual).Long(Multitasking.SharedMemory.SegmentLayout.State) = -4;
        for (int i = 0; i < 3; i++)
        {
            var waiting = manual.WaitAsync().AsTask();
            Assert.False(waiting.IsCompleted);
            manual.Set();
            manual.Reset();
            await waiting.WaitAsync(Until.Limit, Cancelled);
        }
    }

    [Fact]
    public void Mark_of_one_who_is_gone_holds_nobody_up_for_long()
    {
        using var auto = new ProcessEvent(EventReset.Auto, isSet: true);
        Cores.Of(auto).Word() |= 2;
        auto.Wait();
        Assert.Equal(0, Cores.Of(auto).Word() & 3);
    }

    [Fact]
    public void Unknown_mode_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ProcessEvent((EventReset)7));

    [Fact]
    public void Use_after_dispose_is_refused()
    {
        var manual = new ProcessEvent(EventReset.Manual);
        manual.Dispose();
        Assert.Throws<ObjectDisposedException>(manual.Set);
        Assert.Throws<ObjectDisposedException>(manual.Reset);
        Assert.Throws<ObjectDisposedException>(() => manual.IsSet);
    }
}
