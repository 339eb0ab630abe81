using System.Diagnostics;
using Multitasking.Contracts;
using Xunit;

namespace Multitasking.Tests.Synchronization;

/// <summary>What holds for everything that lets one at a time in, on threads and without.</summary>
public abstract class ExclusionContract
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(30);
    private int _counter;

    private protected abstract IExclusion Make();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eight_threads_count_exactly()
    {
        using var exclusion = Make();
        await Crew.Start(8, _ =>
        {
            for (int i = 0; i < 100_000; i++)
                using (exclusion.TryEnter(Timeout.InfiniteTimeSpan))
                    _counter++;
        });
        Assert.Equal(800_000, _counter);
    }

    [Fact]
    public async Task Threads_and_async_methods_count_exactly()
    {
        using var exclusion = Make();
        var threads = Crew.Start(4, number =>
        {
            for (int i = 0; i < 3000; i++)
                using (exclusion.TryEnter(Timeout.InfiniteTimeSpan))
                    Count(number + i);
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async number =>
        {
            for (int i = 0; i < 3000; i++)
                using (await exclusion.TryEnterAsync(Timeout.InfiniteTimeSpan))
                {
                    int seen = _counter;
                    if (i % 16 == 0)
                        await Task.Yield();
                    _counter = seen + 1;
                }
        }).Append(threads)).WaitAsync(Until.Limit, Cancelled);
        Assert.Equal(24_000, _counter);
    }

    [Fact]
    public async Task Waiters_that_give_up_at_any_moment_leave_it_to_the_others()
    {
        using var exclusion = Make();
        int entered = 0;
        var random = new ThreadLocal<Random>(() => new Random(Environment.CurrentManagedThreadId));
        var threads = Crew.Start(4, _ =>
        {
            for (int i = 0; i < 600; i++)
                if (exclusion.TryEnter(TimeSpan.FromMicroseconds(random.Value!.Next(300))) is { } hold)
                    using (hold)
                        Note();
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async number =>
        {
            for (int i = 0; i < 600; i++)
            {
                using var source = new CancellationTokenSource(TimeSpan.FromMicroseconds(1000 * (i % 3)));
                try
                {
                    using var hold = await exclusion.TryEnterAsync(TimeSpan.FromMilliseconds(i % 4), source.Token);
                    if (hold is not null)
                        Note();
                }
                catch (OperationCanceledException)
                {
                }
                await Task.Yield();
            }
        }).Append(threads)).WaitAsync(Until.Limit, Cancelled);
        Assert.Equal(entered, _counter);
        using var last = exclusion.TryEnter(Until.Limit);
        Assert.NotNull(last);

        void Note()
        {
            Count(entered);
            entered++;
        }
    }

    [Fact]
    public async Task Nobody_waits_for_ever_beside_those_that_come_again_at_once()
    {
        using var exclusion = Make();
        bool isOver = false;
        var others = Crew.Start(3, _ =>
        {
            while (!Volatile.Read(ref isOver))
                using (exclusion.TryEnter(Timeout.InfiniteTimeSpan))
                    Thread.SpinWait(500);
        });
        var longest = TimeSpan.Zero;
        await Crew.Start(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                long start = Stopwatch.GetTimestamp();
                using (exclusion.TryEnter(Timeout.InfiniteTimeSpan))
                    if (Stopwatch.GetElapsedTime(start) is var time && time > longest)
                        longest = time;
                Thread.Yield();
            }
        });
        Volatile.Write(ref isOver, true);
        await others;
        Assert.True(longest < TimeSpan.FromSeconds(1), $"somebody waited for {longest}");
    }

    [Fact]
    public async Task Zero_does_not_wait()
    {
        using var exclusion = Make();
        using (exclusion.TryEnter(TimeSpan.Zero))
        {
            Assert.Null(await exclusion.TryEnterAsync(TimeSpan.Zero, Cancelled));
            await Crew.Start(() => Assert.Null(exclusion.TryEnter(TimeSpan.Zero)));
        }
        using var again = exclusion.TryEnter(TimeSpan.Zero);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task Wait_ends_with_its_time()
    {
        using var exclusion = Make();
        using var hold = exclusion.TryEnter(TimeSpan.Zero);
        long start = Stopwatch.GetTimestamp();
        await Crew.Start(() => Assert.Null(exclusion.TryEnter(s_short)));
        Assert.InRange(Stopwatch.GetElapsedTime(start), s_short, Until.Limit);
        start = Stopwatch.GetTimestamp();
        Assert.Null(await exclusion.TryEnterAsync(s_short, Cancelled));
        Assert.InRange(Stopwatch.GetElapsedTime(start), s_short, Until.Limit);
    }

    [Fact]
    public async Task Waiter_enters_when_the_one_inside_leaves()
    {
        using var exclusion = Make();
        var hold = exclusion.TryEnter(TimeSpan.Zero)!;
        var waiting = Crew.Start(() => exclusion.TryEnter(Timeout.InfiniteTimeSpan)!.Dispose());
        var waitingAsync = exclusion.TryEnterAsync(Timeout.InfiniteTimeSpan, Cancelled);
        await Crew.AssertWaitsAsync(waiting);
        await Crew.AssertWaitsAsync(waitingAsync);
        hold.Dispose();
        (await waitingAsync.WaitAsync(Until.Limit, Cancelled))!.Dispose();
        await waiting;
    }

    [Fact]
    public async Task Cancelled_wait_ends_and_takes_nothing()
    {
        using var exclusion = Make();
        var hold = exclusion.TryEnter(TimeSpan.Zero)!;
        using var source = new CancellationTokenSource();
        var waiting = Crew.Start(() => Assert.ThrowsAny<OperationCanceledException>(() => exclusion.TryEnter(Timeout.InfiniteTimeSpan, source.Token)));
        var waitingAsync = exclusion.TryEnterAsync(Timeout.InfiniteTimeSpan, source.Token);
        await Crew.AssertWaitsAsync(waiting);
        await source.CancelAsync();
        await waiting;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waitingAsync.WaitAsync(Until.Limit, Cancelled));
        hold.Dispose();
        using var again = exclusion.TryEnter(TimeSpan.Zero);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task Wait_that_is_cancelled_from_the_start_does_not_enter()
    {
        using var exclusion = Make();
        var token = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => exclusion.TryEnter(TimeSpan.Zero, token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exclusion.TryEnterAsync(TimeSpan.Zero, token));
        using var again = exclusion.TryEnter(TimeSpan.Zero);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task Leaving_twice_counts_once()
    {
        using var exclusion = Make();
        var hold = exclusion.TryEnter(TimeSpan.Zero)!;
        hold.Dispose();
        using var second = exclusion.TryEnter(TimeSpan.Zero);
        Assert.NotNull(second);
        hold.Dispose();
        Assert.Null(await exclusion.TryEnterAsync(TimeSpan.Zero, Cancelled));
    }

    [Fact]
    public async Task Waiters_end_when_it_is_disposed_of()
    {
        using var exclusion = Make();
        _ = exclusion.TryEnter(TimeSpan.Zero)!;
        var waiting = Crew.Start(() => Assert.Throws<ObjectDisposedException>(() => exclusion.TryEnter(Timeout.InfiniteTimeSpan)));
        var waitingAsync = exclusion.TryEnterAsync(Timeout.InfiniteTimeSpan, Cancelled);
        await Crew.AssertWaitsAsync(waiting);
        exclusion.Dispose();
        await waiting;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waitingAsync.WaitAsync(Until.Limit, Cancelled));
    }

    [Fact]
    public async Task Use_after_dispose_is_refused()
    {
        var exclusion = Make();
        exclusion.Dispose();
        exclusion.Dispose();
        Assert.Throws<ObjectDisposedException>(() => exclusion.TryEnter(TimeSpan.Zero));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => exclusion.TryEnterAsync(TimeSpan.Zero, Cancelled));
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(-100_000)]
    public async Task Negative_time_is_refused(int milliseconds)
    {
        using var exclusion = Make();
        var limit = TimeSpan.FromMilliseconds(milliseconds);
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => exclusion.TryEnter(limit));
        Assert.Contains("Timeout.InfiniteTimeSpan", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => exclusion.TryEnterAsync(limit, Cancelled));
    }

    [Fact]
    public async Task Very_long_time_is_as_good_as_none()
    {
        using var exclusion = Make();
        var hold = exclusion.TryEnter(TimeSpan.MaxValue)!;
        var waiting = Crew.Start(() => exclusion.TryEnter(TimeSpan.MaxValue)!.Dispose());
        var waitingAsync = exclusion.TryEnterAsync(TimeSpan.MaxValue, Cancelled);
        await Crew.AssertWaitsAsync(waiting);
        hold.Dispose();
        (await waitingAsync.WaitAsync(Until.Limit, Cancelled))!.Dispose();
        await waiting;
    }

    // Not atomic, and long enough to be seen by another that should not be there.
    private void Count(int number)
    {
        int seen = _counter;
        if (number % 64 == 0)
            Thread.Yield();
        _counter = seen + 1;
    }
}
