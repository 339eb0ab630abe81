using System.Diagnostics;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Messaging;

/// <summary>Many writers and many readers in processes of their own: each message to one reader, the messages of one writer in order.</summary>
[Collection(nameof(Alone))]
public sealed class ExactlyOnceTests(ITestOutputHelper output) : ChannelTest
{
    private const int Workers = 8;

    [Theory]
    [InlineData(1_000_000, 1024)]
    [InlineData(20_000, 1)]
    public async Task Every_number_reaches_one_reader(int count, int capacity)
    {
        using var channel = ProcessChannel.CreateBounded<long>(capacity);
        await EveryMessageReachesOneReaderAsync(channel, count, Numbers.WriteAll, Numbers.ReadAll);
    }

    [Fact]
    public async Task Every_array_reaches_one_reader()
    {
        using var channel = ProcessChannel.CreateUnbounded<byte[]>();
        await EveryMessageReachesOneReaderAsync(channel, 40_000, Arrays.WriteAll, Arrays.ReadAll);
    }

    [Fact]
    public async Task Every_message_with_a_channel_in_it_reaches_one_reader()
    {
        using var channel = ProcessChannel.CreateBounded<object>(32);
        await EveryMessageReachesOneReaderAsync(channel, 4000, Ends.WriteAll, Ends.ReadAll);
    }

    private async Task EveryMessageReachesOneReaderAsync<T>(
        ProcessChannel<T> channel, int count, Action<ProcessChannelWriter<T>, int, int> write, Func<ProcessChannelReader<T>, Tally> read)
    {
        long start = Stopwatch.GetTimestamp();
        var (reader, writer) = (channel.Reader, channel.Writer);
        int each = Rounds.Of(count) / Workers;
        var readers = Enumerable.Range(0, Workers).Select(_ => ChildProcess.RunAsync(() => read(reader), cancellationToken: Cancelled)).ToArray();
        var writers = Enumerable.Range(0, Workers).Select(number => ChildProcess.RunAsync(() => write(writer, number, each), cancellationToken: Cancelled)).ToArray();
        await Soon(Task.WhenAll(writers));
        channel.Dispose();
        var tallies = await Soon(Task.WhenAll(readers));
        output.WriteLine($"{each * Workers} messages in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s; readers had {string.Join(", ", tallies.Select(static tally => tally.Count))}");
        Assert.Equal([], tallies.Select(static tally => tally.Error).OfType<string>());
        Assert.Equal((long)each * Workers, tallies.Sum(static tally => tally.Count));
        long sum = 0;
        for (int number = 0; number < Workers; number++)
            for (int i = 0; i < each; i++)
                sum += Tally.Mix(number, i);
        Assert.Equal(sum, tallies.Aggregate(0L, static (all, tally) => all + tally.Sum));
    }

    private static class Numbers
    {
        internal static void WriteAll(ProcessChannelWriter<long> writer, int number, int count)
        {
            for (int i = 0; i < count; i++)
                writer.Write(((long)number << 32) | (uint)i);
        }

        internal static Tally ReadAll(ProcessChannelReader<long> reader)
        {
            var tally = new Tally();
            while (reader.WaitToReadAsync().AsTask().Result)
                while (reader.TryRead(out long item))
                    tally.Add((int)(item >> 32), (int)item);
            return tally;
        }
    }

    private static class Arrays
    {
        internal static void WriteAll(ProcessChannelWriter<byte[]> writer, int number, int count)
        {
            var random = new Random(number);
            for (int i = 0; i < count; i++)
                writer.Write(CheckedMessage.Make(number, i, random.Next(i % 100 == 0 ? 200_000 : 2000)));
        }

        internal static Tally ReadAll(ProcessChannelReader<byte[]> reader)
        {
            var tally = new Tally();
            while (reader.WaitToReadAsync().AsTask().Result)
                while (reader.TryRead(out byte[]? item))
                    if (CheckedMessage.TryRead(item, out int number, out int i))
                        tally.Add(number, i);
                    else
                        tally.Error = "a torn message";
            return tally;
        }
    }

    private static class Ends
    {
        internal static void WriteAll(ProcessChannelWriter<object> writer, int number, int count)
        {
            for (int i = 0; i < count; i++)
                using (var own = ProcessChannel.CreateBounded<(int, int)>(1))
                {
                    own.Writer.Write((number, i));
                    writer.Write(i % 3 == 0 ? (number, i) : own.Reader);
                }
        }

        internal static Tally ReadAll(ProcessChannelReader<object> reader)
        {
            var tally = new Tally();
            while (reader.WaitToReadAsync().AsTask().Result)
                while (reader.TryRead(out object? item))
                {
                    using var own = item as ProcessChannelReader<(int, int)>;
                    var (number, i) = own?.Read() ?? ((int, int))item!;
                    tally.Add(number, i);
                }
            return tally;
        }
    }
}
