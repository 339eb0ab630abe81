using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Messaging;

/// <summary>The ends of readers: a message is read once at most, and none is lost but those that a dead reader had.</summary>
[Collection(nameof(Alone))]
public sealed class ReaderDeathTests(ITestOutputHelper output) : ChannelTest
{
    private const int AtOnce = 3;

    [Fact]
    public async Task Reader_that_is_killed_at_any_moment_has_what_it_took_and_nothing_else()
    {
        using var channel = ProcessChannel.CreateBounded<byte[]>(64);
        await KilledReadersAsync(channel, Rounds.Of(50), static number => CheckedMessage.Make(0, number, number % 50 == 0 ? 300_000 : number % 500), static (reader, read) => ReadArrays(reader, read));
    }

    [Fact]
    public async Task Reader_that_is_killed_while_it_is_sent_channels_has_what_it_took_and_nothing_else()
    {
        using var channel = ProcessChannel.CreateBounded<object>(16);
        await KilledReadersAsync<object>(
            channel,
            Rounds.Of(40),
            static number =>
            {
                if (number % 3 == 0)
                    return number;
                var own = ProcessChannel.CreateBounded<int>(1);
                own.Writer.Write(number);
                own.Writer.Dispose();
                return own.Reader;
            },
            static (reader, read) => ReadEnds(reader, read));
    }

    [Fact]
    public async Task Waiting_writer_is_told_when_the_last_reader_died()
    {
        using var channel = ProcessChannel.CreateBounded<int>(1);
        var reader = channel.Reader;
        var child = Start(() =>
        {
            reader.Read();
            Thread.Sleep(Timeout.Infinite);
        });
        channel.Reader.Dispose();
        channel.Writer.Write(1, Cancelled);
        await Soon(channel.Writer.WriteAsync(2, Cancelled));
        var waits = new[] { Beside(() => channel.Writer.Write(3)), channel.Writer.WriteAsync(4, Cancelled).AsTask() };
        Kill(child);
        foreach (var wait in waits)
            await Assert.ThrowsAsync<ChannelClosedException>(() => Soon(wait));
        Assert.False(await Soon(channel.Writer.WaitToWriteAsync(Cancelled)));
        await EndOfAsync(child);
    }

    [Fact]
    public async Task Reader_that_is_killed_while_it_waits_costs_no_wakening()
    {
        using var channel = ProcessChannel.CreateBounded<int>(1);
        using var ready = ProcessChannel.CreateUnbounded<bool>();
        var (reader, here) = (channel.Reader, ready.Writer);
        for (int i = 0; i < Rounds.Of(10, least: 3); i++)
        {
            var child = Start(() =>
            {
                here.Write(true);
                reader.Read();
            });
            await Soon(ready.Reader.ReadAsync(Cancelled));
            await Task.Delay(5, Cancelled);
            var other = channel.Reader.ReadAsync(Cancelled).AsTask();
            var third = Beside(() => channel.Reader.Read());
            Kill(child);
            await EndOfAsync(child);
            await Soon(channel.Writer.WriteAsync(1, Cancelled));
            await Soon(channel.Writer.WriteAsync(2, Cancelled));
            Assert.Equal([1, 2], ((int[])[await Soon(other), await Soon(third)]).Order());
        }
    }

    private static void ReadArrays(ProcessChannelReader<byte[]> reader, ProcessChannelWriter<int> read)
    {
        while (reader.WaitToReadAsync().AsTask().Result)
            while (reader.TryRead(out byte[]? item))
                read.Write(CheckedMessage.TryRead(item, out _, out int number) ? number : -1);
    }

    private static void ReadEnds(ProcessChannelReader<object> reader, ProcessChannelWriter<int> read)
    {
        while (reader.WaitToReadAsync().AsTask().Result)
            while (reader.TryRead(out object? item))
                using (var own = item as ProcessChannelReader<int>)
                    read.Write(own?.Read() ?? (int)item!);
    }

    private static List<int> ReadUntilTheEnd(ProcessChannelReader<int> reader, ConcurrentDictionary<int, int> begun)
    {
        var all = new List<int>();
        try
        {
            while (true)
            {
                int number = reader.Read();
                if (number < -1)
                    begun[number] = 1;
                else
                    all.Add(number);
            }
        }
        catch (ChannelClosedException)
        {
            return all;
        }
    }

    /// <summary>Readers are started and killed; each says after each message that it has it.</summary>
    private async Task KilledReadersAsync<T>(ProcessChannel<T> channel, int kills, Func<int, T> make, Action<ProcessChannelReader<T>, ProcessChannelWriter<int>> read)
    {
        using var said = ProcessChannel.CreateUnbounded<int>();
        var (reader, writer, have) = (channel.Reader, channel.Writer, said.Writer);
        using var stop = new CancellationTokenSource();
        var writing = Beside(() =>
        {
            int number = 0;
            for (; !stop.IsCancellationRequested; number++)
            {
                var message = make(number);
                writer.Write(message);
                (message as IDisposable)?.Dispose();
            }
            return number;
        });
        var begun = new ConcurrentDictionary<int, int>();
        var saying = Beside(() => ReadUntilTheEnd(said.Reader, begun));
        var random = new Random(1);
        await Parallel.ForAsync(0, kills, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancelled }, async (i, _) =>
        {
            int number = -2 - i, delay;
            var child = Start(() =>
            {
                have.Write(number);
                read(reader, have);
            });
            await Until.TrueAsync(() => begun.ContainsKey(number) || saying.IsCompleted);
            lock (random)
                delay = random.Next(3000);
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < delay)
                Thread.SpinWait(10);
            Kill(child);
            await EndOfAsync(child);
        });
        await stop.CancelAsync();
        // What is left reads this process.
        var last = new ChildProcess(() => read(reader, have)) { IsDaemon = true };
        last.Start();
        int written = await Soon(writing);
        await Until.TrueAsync(() => channel.Reader.Count == 0);
        writer.Dispose();
        await EndOfAsync(last);
        said.Writer.Dispose();
        var had = await Soon(saying);
        output.WriteLine($"{kills} readers killed; {written} messages written, {had.Count} read");
        Assert.DoesNotContain(-1, had);
        Assert.Equal(had.Count, had.Distinct().Count());
        Assert.InRange(written - had.Count, 0, kills);
    }
}
