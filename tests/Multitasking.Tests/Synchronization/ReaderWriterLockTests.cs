using Multitasking.Contracts;
using Multitasking.Synchronization;
using Xunit;

namespace Multitasking.Tests.Synchronization;

public sealed class ReaderWriterLockTests : IDisposable
{
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(20);

    private readonly ProcessReaderWriterLock _lock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _lock.Dispose();

    [Fact]
    public async Task Readers_enter_together()
    {
        using var barrier = new Barrier(4);
        await Bunch.RunAsync(4, _ =>
        {
            using var hold = _lock.EnterRead(Cancelled);
            Assert.True(barrier.SignalAndWait(Until.Limit, Cancelled));
        });
        Assert.Equal(0, _lock.CurrentReadCount);
    }

    [Fact]
    public async Task A_writer_is_alone()
    {
        using (_lock.EnterWrite(Cancelled))
        {
            Assert.True(_lock.IsWriteHeld);
            Assert.False(await Bunch.Start(() => _lock.TryEnterRead(s_moment, out _, Cancelled)));
            Assert.False(await Bunch.Start(() => _lock.TryEnterWrite(s_moment, out _, Cancelled)));
            Assert.Null(await _lock.TryEnterReadAsync(s_moment, Cancelled));
            Assert.Null(await _lock.TryEnterWriteAsync(TimeSpan.Zero, Cancelled));
        }
        Assert.False(_lock.IsWriteHeld);
        Assert.True(await Bunch.Start(() => _lock.TryEnterWrite(TimeSpan.Zero, out _, Cancelled)));
    }

    [Fact]
    public async Task A_reader_keeps_writers_out_until_it_leaves()
    {
        var read = await _lock.EnterReadAsync(Cancelled);
        var writing = _lock.EnterWriteAsync(Cancelled).AsTask();
        Assert.False(writing.IsCompleted);
        read.Dispose();
        using var hold = await writing.WaitAsync(Until.Limit, Cancelled);
        Assert.False(hold.OwnerDied);
    }

    [Fact]
    public async Task Readers_that_come_wait_behind_a_writer_that_waits()
    {
        var read = await _lock.EnterReadAsync(Cancelled);
        var writing = _lock.EnterWriteAsync(Cancelled).AsTask();
        var reading = _lock.EnterReadAsync(Cancelled).AsTask();
        Assert.Null(await _lock.TryEnterReadAsync(s_moment, Cancelled));
        read.Dispose();

        var write = await writing.WaitAsync(Until.Limit, Cancelled);
        Assert.False(reading.IsCompleted);
        write.Dispose();
        (await reading.WaitAsync(Until.Limit, Cancelled)).Dispose();
    }

    [Fact]
    public async Task Readers_that_wait_go_before_the_next_writer()
    {
        var write = await _lock.EnterWriteAsync(Cancelled);
        var reading = Enumerable.Range(0, 3).Select(_ => _lock.EnterReadAsync(Cancelled).AsTask()).ToArray();
        var writing = _lock.EnterWriteAsync(Cancelled).AsTask();
        write.Dispose();

        var holds = await Task.WhenAll(reading).WaitAsync(Until.Limit, Cancelled);
        Assert.False(writing.IsCompleted);
        foreach (var hold in holds)
            hold.Dispose();
        (await writing.WaitAsync(Until.Limit, Cancelled)).Dispose();
    }

    [Fact]
    public async Task Readers_go_on_when_the_writer_before_them_gives_up()
    {
        using var read = await _lock.EnterReadAsync(Cancelled);
        using var source = new CancellationTokenSource();
        var writing = _lock.EnterWriteAsync(source.Token).AsTask();
        var reading = Bunch.Start(() => _lock.TryEnterRead(Until.Limit, out _, Cancelled));
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.WaitAsync(Until.Limit, Cancelled));
        Assert.True(await reading);
    }

    [Fact]
    public async Task A_wait_on_a_thread_ends_by_cancellation()
    {
        using var read = await _lock.EnterReadAsync(Cancelled);
        using var source = new CancellationTokenSource();
        var writing = Bunch.Start(() => _lock.EnterWrite(source.Token));
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.WaitAsync(Until.Limit, Cancelled));
        Assert.Equal(1, _lock.CurrentReadCount);
    }

    [Fact]
    public void A_thread_that_reads_may_read_again_though_a_writer_waits()
    {
        using var outer = _lock.EnterRead(Cancelled);
        using var source = new CancellationTokenSource();
        var writing = _lock.EnterWriteAsync(source.Token).AsTask();
        using (_lock.EnterRead(Cancelled))
            Assert.Equal(2, _lock.CurrentReadCount);
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => writing.GetAwaiter().GetResult());
    }

    [Fact]
    public void A_thread_that_would_wait_for_itself_is_told()
    {
        using (_lock.EnterRead(Cancelled))
            Assert.Contains("Leave it before entering to write", Assert.Throws<LockRecursionException>(() => _lock.EnterWrite(Cancelled)).Message, StringComparison.Ordinal);
        using (_lock.EnterWrite(Cancelled))
        {
            Assert.Throws<LockRecursionException>(() => _lock.EnterWrite(Cancelled));
            Assert.Throws<LockRecursionException>(() => _lock.TryEnterRead(TimeSpan.Zero, out _, Cancelled));
        }
        using var again = _lock.EnterWrite(Cancelled);
    }

    [Fact]
    public void A_hold_is_given_back_once()
    {
        var first = _lock.EnterRead(Cancelled);
        using var second = _lock.EnterRead(Cancelled);
        first.Dispose();
        first.Dispose();
        Assert.Equal(1, _lock.CurrentReadCount);
    }

    [Fact]
    public async Task Leaving_what_a_thread_has_not_entered_is_refused()
    {
        Assert.Throws<SynchronizationLockException>(_lock.ExitRead);
        Assert.Throws<SynchronizationLockException>(_lock.ExitWrite);
        _lock.EnterRead(Cancelled);
        await Assert.ThrowsAsync<SynchronizationLockException>(() => Bunch.Start(_lock.ExitRead));
        Assert.Throws<SynchronizationLockException>(_lock.ExitWrite);
        Assert.Equal(1, _lock.CurrentReadCount);
    }

    [Fact]
    public void A_thread_leaves_what_it_has_entered()
    {
        var hold = _lock.EnterRead(Cancelled);
        _lock.ExitRead();
        hold.Dispose();
        _lock.EnterWrite(Cancelled);
        _lock.ExitWrite();
        Assert.Equal((0, false), (_lock.CurrentReadCount, _lock.IsWriteHeld));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disposing_of_it_ends_waits(bool isAsynchronous)
    {
        var disposed = new ProcessReaderWriterLock();
        var write = disposed.EnterWrite(Cancelled);
        var reading = isAsynchronous ? disposed.EnterReadAsync(Cancelled).AsTask() : Bunch.Start(() => disposed.EnterRead(Cancelled));
        disposed.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => reading.WaitAsync(Until.Limit, Cancelled));
        write.Dispose();
        Assert.Throws<ObjectDisposedException>(() => disposed.EnterRead(Cancelled));
        Assert.Throws<ObjectDisposedException>(disposed.ExitRead);
    }

    [Fact]
    public void Impossible_time_limits_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _lock.TryEnterRead(TimeSpan.FromMilliseconds(-5), out _, Cancelled));

    [Fact]
    public async Task Readers_see_all_of_what_a_writer_wrote_or_nothing()
    {
        long first = 0, second = 0;
        await Bunch.RunAsync(6, i =>
        {
            for (int round = 0; round < 3000; round++)
                if (i < 2)
                {
                    using var hold = _lock.EnterWrite(Cancelled);
                    first++;
                    second++;
                }
                else
                {
                    using var hold = i < 4 ? _lock.EnterRead(Cancelled) : _lock.EnterReadAsync(Cancelled).AsTask().GetAwaiter().GetResult();
                    Assert.Equal(first, second);
                }
        });
        Assert.Equal((6000, 6000), (first, second));
    }

    [Fact]
    public async Task A_stream_of_readers_does_not_starve_a_writer()
    {
        using var stop = new CancellationTokenSource();
        var readers = Bunch.RunAsync(3, _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var hold = _lock.EnterRead(Cancelled);
                Thread.SpinWait(2000);
            }
        });
        for (int i = 0; i < 50; i++)
            (await _lock.EnterWriteAsync(Cancelled).AsTask().WaitAsync(Until.Limit, Cancelled)).Dispose();
        await stop.CancelAsync();
        await readers;
    }

    [Fact]
    public async Task A_stream_of_writers_does_not_starve_a_reader_or_a_writer()
    {
        using var stop = new CancellationTokenSource();
        var writers = Bunch.RunAsync(2, _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var hold = _lock.EnterWrite(Cancelled);
                Thread.SpinWait(2000);
            }
        });
        for (int i = 0; i < 50; i++)
        {
            (await _lock.EnterReadAsync(Cancelled).AsTask().WaitAsync(Until.Limit, Cancelled)).Dispose();
            (await _lock.EnterWriteAsync(Cancelled).AsTask().WaitAsync(Until.Limit, Cancelled)).Dispose();
        }
        await stop.CancelAsync();
        await writers;
    }
}
