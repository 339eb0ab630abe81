using System.Threading.Channels;
using Multitasking.Contracts;
using Xunit;

namespace Multitasking.Tests.Messaging;

/// <summary>A channel within one process: what users of <see cref="Channel{T}"/> rely on.</summary>
public sealed class SameProcessTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_come_in_the_order_in_which_they_were_written()
    {
        using var channel = ProcessChannel.CreateUnbounded<int>();
        for (int i = 0; i < 10_000; i++)
            Assert.True(channel.Writer.TryWrite(i));
        channel.Writer.Complete();
        Assert.Equal(Enumerable.Range(0, 10_000), await channel.Reader.ReadAllAsync(Cancelled).ToListAsync(Cancelled));
    }

    [Fact]
    public void TryRead_of_an_empty_channel_says_so()
    {
        using var channel = ProcessChannel.CreateBounded<string>(1);
        Assert.False(channel.Reader.TryRead(out string? item));
        Assert.Null(item);
        Assert.False(channel.Reader.TryRead(out item, TimeSpan.FromMilliseconds(20), Cancelled));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Channel_holds_as_many_messages_as_it_was_made_for(int capacity)
    {
        using var numbers = ProcessChannel.CreateBounded<long>(capacity);
        using var texts = ProcessChannel.CreateBounded<string>(capacity);
        for (int round = 0; round < 5; round++)
        {
            for (int i = 0; i < capacity; i++)
                Assert.True(numbers.Writer.TryWrite(i) && texts.Writer.TryWrite($"{i}"));
            Assert.False(numbers.Writer.TryWrite(-1) || texts.Writer.TryWrite("-1"));
            Assert.Equal((capacity, capacity), (numbers.Reader.Count, texts.Reader.Count));
            for (int i = 0; i < capacity; i++)
                Assert.Equal((i, $"{i}"), (numbers.Reader.Read(Cancelled), texts.Reader.Read(Cancelled)));
        }
    }

    [Fact]
    public async Task Writer_waits_for_room_and_goes_on_when_there_is_some()
    {
        using var channel = ProcessChannel.CreateBounded<int>(1);
        await channel.Writer.WriteAsync(1, Cancelled);
        var second = channel.Writer.WriteAsync(2, Cancelled).AsTask();
        var third = Task.Factory.StartNew(() => channel.Writer.Write(3, Cancelled), Cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.False(second.IsCompleted || third.IsCompleted);
        int[] read = [await channel.Reader.ReadAsync(Cancelled), await channel.Reader.ReadAsync(Cancelled), await channel.Reader.ReadAsync(Cancelled)];
        await Task.WhenAll(second, third);
        Assert.Equal([1, 2, 3], read.Order());
    }

    [Fact]
    public void Write_with_a_time_limit_gives_up_and_writes_nothing()
    {
        using var channel = ProcessChannel.CreateBounded<string>(1);
        Assert.True(channel.Writer.TryWrite("one", TimeSpan.FromSeconds(1), Cancelled));
        Assert.False(channel.Writer.TryWrite("two", TimeSpan.FromMilliseconds(20), Cancelled));
        Assert.False(channel.Writer.TryWrite("two", TimeSpan.Zero, Cancelled));
        Assert.Equal("one", channel.Reader.Read(Cancelled));
        Assert.Equal(0, channel.Reader.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => channel.Writer.TryWrite("three", TimeSpan.FromSeconds(-2), Cancelled));
    }

    [Fact]
    public async Task Cancelled_wait_takes_and_writes_nothing()
    {
        using var channel = ProcessChannel.CreateBounded<int>(1);
        using var source = new CancellationTokenSource();
        var reads = new Task[]
        {
            channel.Reader.ReadAsync(source.Token).AsTask(),
            channel.Reader.WaitToReadAsync(source.Token).AsTask(),
            Task.Factory.StartNew(() => channel.Reader.Read(source.Token), Cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default),
        };
        await source.CancelAsync();
        foreach (var read in reads)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(Until.Limit, Cancelled));
        channel.Writer.Write(1, Cancelled);
        using var other = new CancellationTokenSource();
        var writes = new Task[]
        {
            channel.Writer.WriteAsync(2, other.Token).AsTask(),
            channel.Writer.WaitToWriteAsync(other.Token).AsTask(),
            Task.Factory.StartNew(() => channel.Writer.Write(3, other.Token), Cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default),
        };
        await other.CancelAsync();
        foreach (var write in writes)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write.WaitAsync(Until.Limit, Cancelled));
        Assert.Equal(1, channel.Reader.Count);
        Assert.Equal(1, channel.Reader.Read(Cancelled));
        Assert.Throws<OperationCanceledException>(() => channel.Writer.Write(4, new CancellationToken(true)));
        Assert.Equal(0, channel.Reader.Count);
    }

    [Fact]
    public async Task Completed_channel_is_read_to_its_end_and_refuses_writers()
    {
        using var channel = ProcessChannel.CreateBounded<int>(4);
        channel.Writer.Write(1, Cancelled);
        channel.Writer.Complete();
        Assert.False(channel.Reader.Completion.IsCompleted);
        Assert.False(channel.Writer.TryWrite(2));
        Assert.False(await channel.Writer.WaitToWriteAsync(Cancelled));
        await Assert.ThrowsAsync<ChannelClosedException>(async () => await channel.Writer.WriteAsync(2, Cancelled));
        Assert.Throws<ChannelClosedException>(() => channel.Writer.Write(2, Cancelled));
        Assert.Equal(1, await channel.Reader.ReadAsync(Cancelled));
        await channel.Reader.Completion.WaitAsync(Until.Limit, Cancelled);
        Assert.False(await channel.Reader.WaitToReadAsync(Cancelled));
        Assert.False(channel.Reader.TryRead(out _));
        Assert.Null((await Assert.ThrowsAsync<ChannelClosedException>(async () => await channel.Reader.ReadAsync(Cancelled))).InnerException);
        Assert.Throws<ChannelClosedException>(() => channel.Reader.Read(Cancelled));
    }

    [Fact]
    public void Channel_is_completed_once()
    {
        using var channel = ProcessChannel.CreateBounded<int>(4);
        Assert.True(channel.Writer.TryComplete());
        Assert.False(channel.Writer.TryComplete(new InvalidOperationException()));
        Assert.Throws<ChannelClosedException>(() => channel.Writer.Complete());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(3_000_000)]
    public async Task Exception_of_the_writer_reaches_every_wait(int length)
    {
        using var channel = ProcessChannel.CreateBounded<string>(4);
        channel.Writer.Write("last", Cancelled);
        channel.Writer.Complete(new InvalidOperationException(new string('x', length)));
        Assert.Equal("last", channel.Reader.Read(Cancelled));
        var closed = await Assert.ThrowsAsync<ChannelClosedException>(async () => await channel.Reader.ReadAsync(Cancelled));
        foreach (var failure in (Exception?[])
        [
            closed.InnerException,
            Assert.Throws<ChannelClosedException>(() => channel.Reader.Read(Cancelled)).InnerException,
            await Record.ExceptionAsync(async () => await channel.Reader.WaitToReadAsync(Cancelled)),
            await Record.ExceptionAsync(() => channel.Reader.Completion.WaitAsync(Until.Limit, Cancelled)),
            await Record.ExceptionAsync(async () => await channel.Reader.ReadAllAsync(Cancelled).ToListAsync(Cancelled)),
        ])
            Assert.Contains("xxx", Assert.IsType<RemoteException>(failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exception_of_the_end_finds_room_in_a_full_channel()
    {
        using var channel = ProcessChannel.CreateBounded<byte>(1);
        channel.Writer.Write(1, Cancelled);
        channel.Writer.Complete(new InvalidOperationException(new string('x', 8000)));
        Assert.Equal(1, channel.Reader.Read(Cancelled));
        Assert.IsType<RemoteException>(Assert.Throws<ChannelClosedException>(() => channel.Reader.Read(Cancelled)).InnerException);
    }

    [Fact]
    public async Task Waits_end_when_their_object_is_disposed()
    {
        var channel = ProcessChannel.CreateBounded<int>(1);
        var read = Task.Factory.StartNew(() => channel.Reader.Read(Cancelled), Cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var readAsync = channel.Reader.ReadAsync(Cancelled).AsTask();
        var seen = channel.Reader.WaitToReadAsync(Cancelled).AsTask();
        var completion = channel.Reader.Completion;
        channel.Reader.Dispose();
        foreach (var wait in (Task[])[read, readAsync, seen, completion])
            await Assert.ThrowsAsync<ObjectDisposedException>(() => wait.WaitAsync(Until.Limit, Cancelled));
        channel.Dispose();
        channel.Dispose();
        Assert.Throws<ObjectDisposedException>(() => channel.Reader.TryRead(out _));
        Assert.Throws<ObjectDisposedException>(() => channel.Writer.TryWrite(1));
        Assert.Throws<ObjectDisposedException>(() => channel.Writer.TryComplete());
        Assert.Throws<ObjectDisposedException>(() => channel.Reader.Count);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await channel.Reader.ReadAsync(Cancelled));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await channel.Writer.WriteAsync(1, Cancelled));
    }

    [Fact]
    public async Task Readers_see_the_end_when_the_last_writer_is_disposed()
    {
        using var channel = ProcessChannel.CreateBounded<int>(4);
        var waiting = channel.Reader.ReadAllAsync(Cancelled).ToListAsync(Cancelled).AsTask();
        channel.Writer.Write(1, Cancelled);
        channel.Writer.Dispose();
        Assert.Equal([1], await waiting.WaitAsync(Until.Limit, Cancelled));
        await channel.Reader.Completion.WaitAsync(Until.Limit, Cancelled);
    }

    [Fact]
    public async Task Waiting_writer_is_told_when_the_last_reader_is_disposed()
    {
        using var channel = ProcessChannel.CreateBounded<int>(1);
        channel.Writer.Write(1, Cancelled);
        var waiting = channel.Writer.WriteAsync(2, Cancelled).AsTask();
        channel.Reader.Dispose();
        await Assert.ThrowsAsync<ChannelClosedException>(() => waiting.WaitAsync(Until.Limit, Cancelled));
        Assert.False(await channel.Writer.WaitToWriteAsync(Cancelled));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Capacity_below_one_is_refused(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(capacity), () => ProcessChannel.CreateBounded<int>(capacity));

    [Fact]
    public void What_cannot_travel_is_refused_when_the_channel_is_made()
    {
        Assert.Throws<TargetNotSupportedException>(() => ProcessChannel.CreateUnbounded<FileStream>());
        Assert.Throws<TargetNotSupportedException>(() => ProcessChannel.CreateUnbounded<Thread>());
        Assert.Throws<TargetNotSupportedException>(() => ProcessChannel.CreateBounded<Task>(1));
        Assert.Throws<TargetNotSupportedException>(() => ProcessChannel.CreateUnbounded<CancellationToken>());
        Assert.Throws<TargetNotSupportedException>(() => ProcessChannel.CreateUnbounded<IProgress<int>>());
    }

    [Fact]
    public void What_cannot_travel_in_a_message_is_refused_when_it_is_written()
    {
        using var source = new CancellationTokenSource();
        using var channel = ProcessChannel.CreateBounded<object>(4);
        Assert.Throws<TargetNotSupportedException>(() => channel.Writer.TryWrite(source.Token));
        Assert.Throws<TargetNotSupportedException>(() => channel.Writer.TryWrite(new object[] { new Progress<int>() }));
        Assert.Throws<TargetNotSupportedException>(() => channel.Writer.TryWrite(new MemoryStream()));
        Assert.Equal(0, channel.Reader.Count);
        Assert.True(channel.Writer.TryWrite("and goes on"));
    }

    [Fact]
    public void Longer_message_than_fits_into_a_channel_is_refused()
    {
        using var channel = ProcessChannel.CreateUnbounded<long[]>();
        Assert.Throws<InvalidOperationException>(() => channel.Writer.TryWrite(GC.AllocateUninitializedArray<long>(300_000_000)));
        Assert.True(channel.Writer.TryWrite([1]));
    }

    [Fact]
    public void Unbounded_channel_holds_what_nobody_reads_wherever_its_reader_stands()
    {
        using var channel = ProcessChannel.CreateUnbounded<byte[]>();
        byte[] message = new byte[100_000];
        for (int i = 0; i < 39; i++)
            channel.Writer.Write(message, Cancelled);
        for (int i = 0; i < 30; i++)
            channel.Reader.Read(Cancelled);
        for (int i = 0; i < 200; i++)
        {
            message[0] = (byte)i;
            Assert.True(channel.Writer.TryWrite(message), $"The ring is full after {i} messages.");
        }
        for (int i = -9; i < 200; i++)
            Assert.Equal(Math.Max(0, i), channel.Reader.Read(Cancelled)[0]);
        Assert.Equal(0, channel.Reader.Count);
    }

    [Fact]
    public void Large_bounded_channel_holds_its_capacity_wherever_its_reader_stands()
    {
        const int Capacity = 400_000;
        using var channel = ProcessChannel.CreateBounded<long>(Capacity);
        int written = 0, read = 0;
        foreach (int pause in (int[])[100_000, 250_000, 300_000, 10])
        {
            while (channel.Writer.TryWrite(written))
                written++;
            Assert.Equal(Capacity, written - read);
            for (int i = 0; i < pause; i++)
                Assert.Equal(read++, channel.Reader.Read(Cancelled));
            for (int i = 0; i < 1000; i++)
            {
                Assert.True(channel.Writer.TryWrite(written++) || pause == 10);
                Assert.Equal(read++, channel.Reader.Read(Cancelled));
            }
        }
    }

    [Fact]
    public async Task Completion_that_is_awaited_takes_no_readers_wakening()
    {
        for (int i = 0; i < 200; i++)
        {
            using var channel = ProcessChannel.CreateBounded<int>(1);
            var completion = channel.Reader.Completion;
            var read = Task.Factory.StartNew(() => channel.Reader.Read(Cancelled), Cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await Task.Delay(1, Cancelled);
            channel.Writer.Write(i, Cancelled);
            Assert.Equal(i, await read.WaitAsync(Until.Limit, Cancelled));
            channel.Writer.Complete();
            await completion.WaitAsync(Until.Limit, Cancelled);
        }
    }

    [Fact]
    public async Task Reader_that_only_looks_takes_no_other_readers_wakening()
    {
        for (int i = 0; i < 200; i++)
        {
            using var channel = ProcessChannel.CreateBounded<int>(1);
            var seen = channel.Reader.WaitToReadAsync(Cancelled).AsTask();
            var read = Task.Factory.StartNew(() => channel.Reader.Read(Cancelled), Cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await Task.Delay(1, Cancelled);
            channel.Writer.Write(i, Cancelled);
            Assert.Equal(i, await read.WaitAsync(Until.Limit, Cancelled));
            channel.Writer.Complete();
            _ = await seen.WaitAsync(Until.Limit, Cancelled);
        }
    }
}
