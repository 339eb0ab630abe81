using System.Collections.Concurrent;
using System.Threading.Channels;
using Multitasking.Contracts;
using Multitasking.SharedMemory;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Messaging;

/// <summary>Memory of a channel that is scribbled over, before it is used and while it is: both sides get an exception or what is still valid, and soon.</summary>
[Collection(nameof(Alone))]
public sealed class ScribblingTests : ChannelTest
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData("everything", 10)]
    [InlineData("members", 10)]
    [InlineData("wait points and locks", 10)]
    [InlineData("positions", 10)]
    [InlineData("messages", 10)]
    public async Task Scribbled_channel_ends_in_an_exception_on_both_sides(string place, int rounds) =>
        // In a child, which may crash.
        Assert.Null(await Soon(ChildProcess.RunAsync(() => RoundsAsync(place, rounds), cancellationToken: Cancelled)));

    [Fact]
    public async Task Scribbled_channel_ends_in_an_exception_in_two_processes()
    {
        for (int i = 0; i < 2; i++)
        {
            using var channel = ProcessChannel.CreateBounded<string>(8);
            var (reader, number) = (channel.Reader, i);
            var child = ChildProcess.RunAsync(
                () =>
                {
                    var random = new Random(number);
                    return End(() =>
                    {
                        for (int count = 0; ; count++)
                        {
                            reader.Read();
                            if (count == 100)
                                Scribble(reader, "everything", random);
                        }
                    });
                },
                cancellationToken: Cancelled);
            string? mine = await Soon(Beside(() => End(() =>
            {
                for (int count = 0; ; count++)
                    channel.Writer.Write($"{count}", Cancelled);
            })));
            channel.Dispose();
            Assert.Null(mine);
            Assert.Null(await Soon(child));
        }
    }

    private static async Task<string?> RoundsAsync(string place, int rounds)
    {
        var errors = new ConcurrentQueue<string>();
        // Together, because those that nobody wakes any more take some seconds.
        await Parallel.ForAsync(0, Rounds.Of(rounds, least: 3), new ParallelOptions { MaxDegreeOfParallelism = 10 }, async (round, _) =>
        {
            var random = new Random(round);
            string? error = (round % 3) switch
            {
                0 => await RoundAsync(ProcessChannel.CreateBounded<long>(16), 7, place, random),
                1 => await RoundAsync(ProcessChannel.CreateUnbounded<string>(), "message", place, random),
                _ => await RoundAsync(ProcessChannel.CreateBounded<object>(16), new object[] { 1, "two" }, place, random),
            };
            if (error is not null)
                errors.Enqueue($"round {round}: {error}");
        });
        return errors.FirstOrDefault();
    }

    private static async Task<string?> RoundAsync<T>(ProcessChannel<T> channel, T message, string place, Random random)
    {
        // Half of the time before it is used.
        bool before = random.Next(2) == 0;
        if (before)
            Scribble(channel.Reader, place, random);
        Task<string?>[] uses =
        [
            Task.Factory.StartNew(() => End(() =>
            {
                while (true)
                    channel.Writer.Write(message);
            }), TaskCreationOptions.LongRunning),
            Task.Factory.StartNew(() => End(() =>
            {
                while (true)
                    channel.Reader.Read();
            }), TaskCreationOptions.LongRunning),
            Task.Run(() => EndAsync(async () =>
            {
                while (true)
                    await channel.Reader.ReadAsync();
            })),
            Task.Run(() => EndAsync(async () =>
            {
                while (true)
                    await channel.Writer.WriteAsync(message);
            })),
        ];
        if (!before)
        {
            await Task.Delay(random.Next(5));
            Scribble(channel.Reader, place, random);
        }
        // What goes on in good order all the same ends with its object.
        await Task.WhenAny(Task.WhenAll(uses), Task.Delay(random.Next(20)));
        var disposing = Task.Factory.StartNew(channel.Dispose, TaskCreationOptions.LongRunning);
        var all = Task.WhenAll([disposing, .. uses]);
        if (await Task.WhenAny(all, Task.Delay(s_patience)) != all)
            return $"{string.Join(", ", uses.Select(static use => use.Status))}, disposing: {disposing.Status}";
        return uses.Select(static use => use.Result).FirstOrDefault(static error => error is not null) ?? disposing.Exception?.ToString();
    }

    private static string? End(Action use)
    {
        try
        {
            use();
            return "came to an end";
        }
        catch (Exception exception)
        {
            return IsExpected(exception) ? null : exception.ToString();
        }
    }

    private static async Task<string?> EndAsync(Func<Task> use)
    {
        try
        {
            await use();
            return "came to an end";
        }
        catch (Exception exception)
        {
            return IsExpected(exception) ? null : exception.ToString();
        }
    }

    private static bool IsExpected(Exception exception) => exception is InvalidDataException or ChannelClosedException or ObjectDisposedException;

    private static unsafe void Scribble<T>(ProcessChannelReader<T> reader, string place, Random random)
    {
        using var use = reader.Lease.Use(reader);
        var (start, length) = place switch
        {
            "members" => (0, SegmentLayout.WaitPoints),
            "wait points and locks" => (SegmentLayout.WaitPoints, 1024 + 256),
            "positions" => (SegmentLayout.State, 512),
            "messages" => (SegmentLayout.Size, 1024),
            _ => (0, SegmentLayout.Size + 1024),
        };
        int kind = random.Next(4);
        for (int i = 0; i < length; i++)
            reader.Lease.Segment.Start[start + i] = kind == 0 ? (byte)0xff : kind == 1 ? (byte)1 : (byte)random.Next(256);
    }
}
