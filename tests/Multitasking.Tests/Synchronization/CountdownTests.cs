using Multitasking.Contracts;
using Multitasking.Synchronization;
using Xunit;

namespace Multitasking.Tests.Synchronization;

public sealed class CountdownTests : IDisposable
{
    private readonly ProcessCountdown _countdown = new(3);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _countdown.Dispose();

    [Fact]
    public void The_last_signal_sets_it()
    {
        Assert.False(_countdown.Signal());
        Assert.False(_countdown.IsSet);
        Assert.True(_countdown.Signal(2));
        Assert.True(_countdown.IsSet);
        Assert.Equal((0, 3), (_countdown.CurrentCount, _countdown.InitialCount));
    }

    [Fact]
    public async Task The_last_signal_lets_all_go_who_wait()
    {
        var waiting = Bunch.RunAsync(4, _ => _countdown.TryWait(Until.Limit, Cancelled));
        var waitingWithoutThread = _countdown.WaitAsync(Cancelled).AsTask();
        await Bunch.RunAsync(3, _ => _countdown.Signal());

        Assert.All(await waiting, Assert.True);
        await waitingWithoutThread.WaitAsync(Until.Limit, Cancelled);
        _countdown.Wait(Cancelled);
    }

    [Fact]
    public async Task Who_waits_goes_though_it_was_reset_at_once()
    {
        for (int i = 0; i < 50; i++)
        {
            var waiting = Bunch.RunAsync(2, _ => _countdown.TryWait(Until.Limit, Cancelled));
            var unseen = _countdown.WaitAsync(Cancelled).AsTask();
            _countdown.Signal(3);
            _countdown.Reset();
            await unseen.WaitAsync(Until.Limit, Cancelled);
            // Those may have come after the reset.
            _countdown.Signal(3);
            Assert.All(await waiting, Assert.True);
            _countdown.Reset();
        }
    }

    [Fact]
    public void More_signals_than_it_waits_for_are_refused_whole()
    {
        Assert.Throws<InvalidOperationException>(() => _countdown.Signal(4));
        Assert.Equal(3, _countdown.CurrentCount);
        _countdown.Signal(3);
        Assert.Throws<InvalidOperationException>(() => _countdown.Signal());
    }

    [Fact]
    public void Signals_can_be_added_until_all_have_come()
    {
        _countdown.AddCount(2);
        Assert.Equal(5, _countdown.CurrentCount);
        Assert.Throws<InvalidOperationException>(() => _countdown.AddCount(int.MaxValue));
        _countdown.Signal(5);
        Assert.False(_countdown.TryAddCount());
        Assert.Throws<InvalidOperationException>(() => _countdown.AddCount());
    }

    [Fact]
    public void Reset_begins_anew()
    {
        _countdown.Signal(3);
        _countdown.Reset(5);
        Assert.Equal((5, 5, false), (_countdown.CurrentCount, _countdown.InitialCount, _countdown.IsSet));
        _countdown.Signal();
        _countdown.Reset();
        Assert.Equal(5, _countdown.CurrentCount);
        _countdown.Reset(0);
        Assert.True(_countdown.IsSet);
    }

    [Fact]
    public async Task A_wait_ends_by_its_time_limit()
    {
        Assert.False(_countdown.TryWait(TimeSpan.Zero, Cancelled));
        Assert.False(_countdown.TryWait(TimeSpan.FromMilliseconds(10), Cancelled));
        Assert.False(await _countdown.TryWaitAsync(TimeSpan.FromMilliseconds(10), Cancelled));
    }

    [Fact]
    public async Task A_wait_ends_by_its_cancellation()
    {
        using var source = new CancellationTokenSource();
        var waiting = Bunch.Start(() => _countdown.Wait(source.Token));
        var waitingWithoutThread = _countdown.WaitAsync(source.Token).AsTask();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Until.Limit, Cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waitingWithoutThread.WaitAsync(Until.Limit, Cancelled));
        Assert.Equal(3, _countdown.CurrentCount);
    }

    [Fact]
    public void A_part_is_signalled_once_when_it_is_disposed()
    {
        var part = _countdown.Take();
        Assert.Equal(3, _countdown.CurrentCount);
        part.Dispose();
        part.Dispose();
        Assert.Equal((2, 0), (_countdown.CurrentCount, _countdown.AbandonedCount));
    }

    [Fact]
    public void What_was_taken_cannot_be_signalled_or_taken_again()
    {
        using var first = _countdown.Take();
        using var second = _countdown.Take();
        Assert.Throws<InvalidOperationException>(() => _countdown.Signal(2));
        _countdown.Signal();
        Assert.Throws<InvalidOperationException>(_countdown.Take);
        first.Dispose();
        second.Dispose();
        Assert.True(_countdown.IsSet);
        Assert.Throws<InvalidOperationException>(_countdown.Take);
    }

    [Fact]
    public void A_part_of_before_a_reset_does_not_count_any_more()
    {
        var part = _countdown.Take();
        _countdown.Reset();
        part.Dispose();
        Assert.Equal(3, _countdown.CurrentCount);
        _countdown.Signal(3);
        Assert.True(_countdown.IsSet);
    }

    [Fact]
    public async Task A_part_works_though_the_countdown_was_disposed_of()
    {
        using var countdown = new ProcessCountdown(1);
        var part = countdown.Take();
        var waiting = countdown.WaitAsync(Cancelled).AsTask();
        countdown.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(Until.Limit, Cancelled));
        part.Dispose();
        Assert.Throws<ObjectDisposedException>(() => countdown.IsSet);
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ProcessCountdown(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _countdown.Signal(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _countdown.AddCount(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _countdown.Reset(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _countdown.TryWait(TimeSpan.FromTicks(-2), Cancelled));
    }

    [Fact]
    public async Task Every_signal_of_many_threads_counts()
    {
        const int Each = 20_000;
        using var countdown = new ProcessCountdown(4 * Each);
        var waiting = countdown.WaitAsync(Cancelled).AsTask();
        bool[] last = await Bunch.RunAsync(4, _ => Enumerable.Range(0, Each).Count(_ => countdown.Signal()) == 1);

        Assert.Single(last, true);
        await waiting.WaitAsync(Until.Limit, Cancelled);
    }
}
