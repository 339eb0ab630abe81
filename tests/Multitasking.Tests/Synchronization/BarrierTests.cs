using Multitasking.Contracts;
using Multitasking.Synchronization;
using Xunit;

namespace Multitasking.Tests.Synchronization;

/// <summary>The cases of CPython's BarrierTests, on threads, and what is different here.</summary>
public sealed class BarrierTests : IDisposable
{
    private const int Threads = 5;

    private readonly ProcessBarrier _barrier = new(Threads);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _barrier.Dispose();

    [Fact]
    public Task All_go_through_a_phase_together() => PassAsync(1, PassOnThread);

    [Fact]
    public Task All_go_through_ten_phases_together() => PassAsync(10, PassOnThread);

    [Fact]
    public Task All_go_through_a_thousand_phases_together() => PassAsync(1000, PassOnThread);

    [Fact]
    public Task Waiters_without_threads_go_through_phases_together() => PassAsync(200, i => _barrier.SignalAndWaitAsync(Cancelled).AsTask().GetAwaiter().GetResult());

    [Fact]
    public async Task Each_participant_has_a_number_and_one_is_the_last()
    {
        var passages = await Bunch.RunAsync(Threads, PassOnThread);

        Assert.Equal(Enumerable.Range(0, Threads), passages.Select(static passage => passage.Order).Order());
        Assert.Equal(Threads - 1, Assert.Single(passages, static passage => passage.IsLast).Order);
    }

    [Fact]
    public void A_single_participant_does_not_wait()
    {
        using var barrier = new ProcessBarrier(1);

        Assert.Equal(new BarrierPassage(0, 0, true), barrier.SignalAndWait(Cancelled));
        Assert.Equal(new BarrierPassage(1, 0, true), barrier.SignalAndWait(Cancelled));
        Assert.Equal(2, barrier.Phase);
    }

    [Fact]
    public async Task Abort_breaks_it_for_those_who_wait_and_those_who_come()
    {
        var waiting = WaitersAsync(Threads - 1);
        await Until.TrueAsync(() => _barrier.WaitingCount == Threads - 1);
        _barrier.Abort();

        Assert.All(await waiting, static outcome => Assert.IsType<BarrierBrokenException>(outcome));
        Assert.True(_barrier.IsBroken);
        Assert.Equal(0, _barrier.WaitingCount);
        Assert.Contains("Abort", Assert.Throws<BarrierBrokenException>(() => _barrier.SignalAndWait(Cancelled)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_breaks_it_for_those_who_wait_and_not_for_those_who_come()
    {
        var waiting = WaitersAsync(Threads - 2);
        await Until.TrueAsync(() => _barrier.WaitingCount == Threads - 2);
        _barrier.Reset();

        Assert.All(await waiting, static outcome => Assert.IsType<BarrierBrokenException>(outcome));
        Assert.False(_barrier.IsBroken);
        await PassAsync(3, PassOnThread);
    }

    [Fact]
    public async Task Reset_mends_it_after_Abort()
    {
        var waiting = WaitersAsync(Threads - 1);
        await Until.TrueAsync(() => _barrier.WaitingCount == Threads - 1);
        _barrier.Abort();
        _barrier.Reset();

        Assert.All(await waiting, static outcome => Assert.IsType<BarrierBrokenException>(outcome));
        await PassAsync(3, PassOnThread);
    }

    [Fact]
    public async Task A_time_limit_breaks_it_for_the_others()
    {
        var waiting = WaitersAsync(Threads - 2);
        await Until.TrueAsync(() => _barrier.WaitingCount == Threads - 2);

        Assert.False(_barrier.TrySignalAndWait(TimeSpan.FromMilliseconds(20), out _, Cancelled));

        Assert.All(await waiting, static outcome => Assert.Contains("time limit", Assert.IsType<BarrierBrokenException>(outcome).Message, StringComparison.Ordinal));
        Assert.True(_barrier.IsBroken);
    }

    [Fact]
    public async Task A_time_limit_without_a_thread_breaks_it_too()
    {
        Assert.Null(await _barrier.TrySignalAndWaitAsync(TimeSpan.FromMilliseconds(20), Cancelled));
        Assert.True(_barrier.IsBroken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancellation_breaks_it_for_the_others(bool isAsynchronous)
    {
        var waiting = WaitersAsync(1);
        using var source = new CancellationTokenSource();
        var cancelled = isAsynchronous ? _barrier.SignalAndWaitAsync(source.Token).AsTask() : Bunch.Start(() => _barrier.SignalAndWait(source.Token));
        await Until.TrueAsync(() => _barrier.WaitingCount == 2);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Until.Limit, Cancelled));
        Assert.Contains("cancelled", Assert.IsType<BarrierBrokenException>(Assert.Single(await waiting)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_is_cancelled_before_breaks_nothing()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => _barrier.SignalAndWait(new CancellationToken(canceled: true)));
        Assert.False(_barrier.IsBroken);
        Assert.Equal(0, _barrier.WaitingCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disposing_of_it_ends_waits(bool isAsynchronous)
    {
        var barrier = new ProcessBarrier(2);
        var waiting = isAsynchronous ? barrier.SignalAndWaitAsync(Cancelled).AsTask() : Bunch.Start(() => barrier.SignalAndWait(Cancelled));
        await Until.TrueAsync(() => barrier.WaitingCount == 1);
        barrier.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(Until.Limit, Cancelled));
        Assert.Throws<ObjectDisposedException>(() => barrier.SignalAndWait(Cancelled));
        Assert.Throws<ObjectDisposedException>(() => barrier.Phase);
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ProcessBarrier(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _barrier.TrySignalAndWait(TimeSpan.FromMilliseconds(-2), out _, Cancelled));
        Assert.Equal(Threads, _barrier.ParticipantCount);
    }

    /// <summary>Each goes on only when all have come: nobody is ever more than one phase ahead.</summary>
    private async Task PassAsync(int phases, Func<int, BarrierPassage> pass)
    {
        long before = _barrier.Phase;
        int[] arrived = new int[phases];
        await Bunch.RunAsync(Threads, i =>
        {
            for (int phase = 0; phase < phases; phase++)
            {
                Interlocked.Increment(ref arrived[phase]);
                Assert.Equal(before + phase, pass(i).Phase);
                Assert.Equal(Threads, Volatile.Read(ref arrived[phase]));
            }
        });
        Assert.Equal(before + phases, _barrier.Phase);
        Assert.False(_barrier.IsBroken);
    }

    private BarrierPassage PassOnThread(int number) => _barrier.SignalAndWait(Cancelled);

    private Task<Exception?[]> WaitersAsync(int count) => Bunch.RunAsync(count, _ => Record.Exception(() => _barrier.SignalAndWait(Cancelled)));
}
