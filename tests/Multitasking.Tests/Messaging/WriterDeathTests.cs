using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Multitasking.Contracts;
using Multitasking.Tests.Pools.Processes;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Messaging;

/// <summary>The ends of writers: what they wrote arrives whole, nobody waits for them, and readers learn of the last.</summary>
[Collection(nameof(Alone))]
public sealed class WriterDeathTests(ITestOutputHelper output) : ChannelTest
{
    private const int AtOnce = 3;

    [Fact]
    public async Task Writer_that_is_killed_at_any_moment_tears_no_message_and_blocks_nobody()
    {
        using var channel = ProcessChannel.CreateBounded<byte[]>(64);
        await KilledWritersAsync(channel, Rounds.Of(50), static (writer, number) => WriteArrays(writer, number), static item =>
            CheckedMessage.TryRead(item, out int writer, out int number) ? (writer, number) : throw new InvalidDataException("torn"));
    }

    [Fact]
    public async Task Writer_that_is_killed_while_it_sends_channels_blocks_nobody()
    {
        using var channel = ProcessChannel.CreateBounded<object>(16);
        await KilledWritersAsync(channel, Rounds.Of(40), static (writer, number) => WriteEnds(writer, number), static item =>
        {
            using var end = item as ProcessChannelReader<(int, int)>;
            return end?.Read() ?? ((int, int))item;
        });
    }

    [Theory]
    [InlineData("SIGKILL")]
    [InlineData("fail fast")]
    [InlineData("exit at once")]
    public async Task Readers_are_told_when_the_last_writer_died(string way)
    {
        using var channel = ProcessChannel.CreateBounded<int>(4);
        var writer = channel.Writer;
        var child = Start(() =>
        {
            writer.Write(1);
            Deaths.Die(way);
        });
        channel.Writer.Dispose();
        Assert.Equal(1, await Soon(channel.Reader.ReadAsync(Cancelled)));
        var waits = new[] { Beside(() => channel.Reader.Read()), channel.Reader.ReadAsync(Cancelled).AsTask() };
        foreach (var wait in waits)
            Assert.IsType<WorkerLostException>((await Assert.ThrowsAsync<ChannelClosedException>(() => Soon(wait))).InnerException);
        await Assert.ThrowsAsync<WorkerLostException>(() => Soon(channel.Reader.Completion));
        await Assert.ThrowsAsync<WorkerLostException>(() => Soon(channel.Reader.WaitToReadAsync(Cancelled)));
        await Assert.ThrowsAsync<WorkerLostException>(() => Soon(AllOfAsync(channel.Reader)));
        await EndOfAsync(child);
    }

    [Fact]
    public async Task Readers_are_told_soon_after_the_last_writers_death()
    {
        var delays = new List<double>();
        for (int i = 0; i < 5; i++)
        {
            using var channel = ProcessChannel.CreateBounded<int>(4);
            var writer = channel.Writer;
            var child = Start(() =>
            {
                writer.Write(1);
                Thread.Sleep(Timeout.Infinite);
            });
            channel.Writer.Dispose();
            await Soon(channel.Reader.ReadAsync(Cancelled));
            var wait = channel.Reader.ReadAsync(Cancelled).AsTask();
            await Task.Delay(10, Cancelled);
            long start = Stopwatch.GetTimestamp();
            Kill(child);
            await Assert.ThrowsAsync<ChannelClosedException>(() => Soon(wait));
            delays.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await EndOfAsync(child);
        }
        output.WriteLine($"told after {string.Join(", ", delays.Select(static delay => $"{delay:0.0}"))} ms");
        Assert.True(delays.Order().ElementAt(2) < 100, $"told after {delays.Order().ElementAt(2):0} ms in the middle");
    }

    [Theory]
    [InlineData("returns")]
    [InlineData("disposes")]
    [InlineData("exit 0")]
    [InlineData("exit 3")]
    public async Task Reading_ends_without_an_error_when_the_last_writer_left_in_good_order(string way)
    {
        using var channel = ProcessChannel.CreateBounded<int>(4);
        var (writer, gate) = (channel.Writer, NewGate());
        var child = Start(() =>
        {
            writer.Write(1);
            if (way == "disposes")
            {
                writer.Dispose();
                gate.Pass();
            }
            else if (way != "returns")
            {
                Deaths.Die(way);
            }
        });
        channel.Writer.Dispose();
        Assert.Equal([1], await Soon(AllOfAsync(channel.Reader)));
        await Soon(channel.Reader.Completion);
        Assert.Null((await Assert.ThrowsAsync<ChannelClosedException>(() => Soon(channel.Reader.ReadAsync(Cancelled)))).InnerException);
        gate.Open();
        await EndOfAsync(child);
    }

    [Fact]
    public async Task Reading_goes_on_while_there_is_a_writer_and_ends_with_the_last()
    {
        using var channel = ProcessChannel.CreateBounded<int>(4);
        var writer = channel.Writer;
        var first = Start(() =>
        {
            writer.Write(1);
            Thread.Sleep(Timeout.Infinite);
        });
        Assert.Equal(1, await Soon(channel.Reader.ReadAsync(Cancelled)));
        Kill(first);
        await EndOfAsync(first);
        Assert.False(channel.Reader.TryRead(out _, TimeSpan.FromMilliseconds(50), Cancelled));
        writer.Write(2, Cancelled);
        Assert.Equal(2, await Soon(channel.Reader.ReadAsync(Cancelled)));
        writer.Complete();
        await Soon(channel.Reader.Completion);
    }

    [Fact]
    public async Task Child_that_is_killed_before_it_has_read_its_arguments_counts_as_a_writer_that_is_gone()
    {
        for (int i = 0; i < Rounds.Of(10, least: 3); i++)
        {
            using var channel = ProcessChannel.CreateBounded<int>(4);
            var writer = channel.Writer;
            var child = Start(() => Hold(writer));
            channel.Writer.Dispose();
            Kill(child);
            await Assert.ThrowsAsync<ChannelClosedException>(() => Soon(channel.Reader.ReadAsync(Cancelled)));
            await EndOfAsync(child);
        }
    }

    private static void Hold(object end)
    {
        Thread.Sleep(Timeout.Infinite);
        GC.KeepAlive(end);
    }

    private static void WriteArrays(ProcessChannelWriter<byte[]> writer, int number)
    {
        var random = new Random(number);
        for (int i = 0; ; i++)
            writer.Write(CheckedMessage.Make(number, i, random.Next(i % 50 == 0 ? 500_000 : 500)));
    }

    private static void WriteEnds(ProcessChannelWriter<object> writer, int number)
    {
        for (int i = 0; ; i++)
            using (var own = ProcessChannel.CreateBounded<(int, int)>(1))
            {
                own.Writer.Write((number, i));
                writer.Write(i % 3 == 0 ? (number, i) : own.Reader);
            }
    }

    /// <summary>Writers are started and killed, while this process writes and reads all the time.</summary>
    private async Task KilledWritersAsync<T>(ProcessChannel<T> channel, int kills, Action<ProcessChannelWriter<T>, int> write, Func<T, (int Writer, int Number)> check)
    {
        var begun = new ConcurrentDictionary<int, int>();
        var (writer, reader) = (channel.Writer, channel.Reader);
        long longest = 0;
        var reading = Beside(() =>
        {
            while (true)
            {
                long start = Stopwatch.GetTimestamp();
                T item;
                try
                {
                    item = reader.Read();
                }
                catch (ChannelClosedException exception)
                {
                    return exception.InnerException;
                }
                longest = Math.Max(longest, Stopwatch.GetTimestamp() - start);
                var (by, number) = check(item);
                // Each writer's messages without a gap: all that it wrote before the one it died in.
                Assert.Equal(begun.GetValueOrDefault(by), number);
                begun[by] = number + 1;
            }
        });
        int killed = 0;
        var random = new Random(1);
        await Parallel.ForAsync(1, kills + 1, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancelled }, async (i, _) =>
        {
            int number = i;
            var child = Start(() => write(writer, number));
            if (i % 10 != 0)
                await Until.TrueAsync(() => begun.ContainsKey(number) || reading.IsCompleted);
            int delay;
            lock (random)
                delay = random.Next(3000);
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < delay)
                Thread.SpinWait(10);
            Kill(child);
            await EndOfAsync(child);
            Interlocked.Increment(ref killed);
        });
        channel.Writer.Dispose();
        var end = await Soon(reading);
        output.WriteLine($"{killed} writers killed, {begun.Values.Sum()} messages; the longest wait took {longest * 1000.0 / Stopwatch.Frequency:0} ms");
        Assert.IsType<WorkerLostException>(end);
        Assert.Equal(kills, killed);
        Assert.True(longest < Until.Limit.TotalSeconds * Stopwatch.Frequency);
    }
}
