using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace Multitasking.Soak.Soaks;

/// <summary>Channels between many processes: every message once, in the order of its writer, whoever is killed meanwhile; and nothing left of channels that are dropped.</summary>
internal static class ChannelSoak
{
    private const int Workers = 8, AtOnce = 4;

    internal static async Task RunAsync(Settings settings)
    {
        await DeliverAsync(settings["messages"]);
        await KillWritersAsync(settings["kills"]);
        await KillReadersAsync(settings["kills"]);
        await DropAsync(settings["channels"]);
        await Measures.RequireSoonAsync(static () => Measures.Children.Count == 0, static () => $"{Measures.Children.Count} children are left");
    }

    /// <summary>8 writers, 8 readers, each in a process of its own.</summary>
    private static async Task DeliverAsync(int messages)
    {
        long start = Stopwatch.GetTimestamp();
        int each = messages / Workers;
        using var channel = ProcessChannel.CreateBounded<long>(4096);
        var (reader, writer) = (channel.Reader, channel.Writer);
        var readers = Enumerable.Range(0, Workers).Select(_ => ChildProcess.RunAsync(() => ReadNumbers(reader))).ToArray();
        var writers = Enumerable.Range(0, Workers).Select(number => ChildProcess.RunAsync(() => WriteNumbers(writer, number, each))).ToArray();
        await Task.WhenAll(writers);
        channel.Dispose();
        var tallies = await Task.WhenAll(readers);
        Measures.Say($"{messages} messages in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s; readers had {string.Join(", ", tallies.Select(static tally => tally.Count))}");
        Measures.Require(tallies.All(static tally => tally.IsInOrder), "messages of a writer changed places");
        Measures.Require(tallies.Sum(static tally => tally.Count) == (long)each * Workers, "a message was lost or came twice");
        long sum = 0;
        for (int number = 0; number < Workers; number++)
            for (int i = 0; i < each; i++)
                sum += Mix(((long)number << 32) | (uint)i);
        Measures.Require(tallies.Aggregate(0L, static (all, tally) => all + tally.Sum) == sum, "other messages came than were written");
    }

    private static void WriteNumbers(ProcessChannelWriter<long> writer, int number, int count)
    {
        for (int i = 0; i < count; i++)
            writer.Write(((long)number << 32) | (uint)i);
    }

    private static (long Count, long Sum, bool IsInOrder) ReadNumbers(ProcessChannelReader<long> reader)
    {
        long count = 0, sum = 0;
        bool isInOrder = true;
        long[] last = [.. Enumerable.Repeat(-1L, Workers)];
        try
        {
            while (true)
            {
                long item = reader.Read();
                isInOrder &= last[item >> 32] < item;
                last[item >> 32] = item;
                count++;
                sum += Mix(item);
            }
        }
        catch (ChannelClosedException)
        {
            return (count, sum, isInOrder);
        }
    }

    private static long Mix(long item) => (long)((ulong)item * 0x9E3779B97F4A7C15UL) >> 8;

    /// <summary>Writers of messages of all sizes are killed at random moments; this process reads.</summary>
    private static async Task KillWritersAsync(int kills)
    {
        long start = Stopwatch.GetTimestamp(), longest = 0;
        using var channel = ProcessChannel.CreateBounded<int[]>(64);
        var (reader, writer) = (channel.Reader, channel.Writer);
        var next = new ConcurrentDictionary<int, int>();
        var reading = Task.Factory.StartNew(() =>
        {
            try
            {
                while (true)
                {
                    long begun = Stopwatch.GetTimestamp();
                    int[] item = reader.Read();
                    longest = Math.Max(longest, Stopwatch.GetTimestamp() - begun);
                    Measures.Require(item.AsSpan(2).IndexOfAnyExcept(item[1]) < 0, "a torn message");
                    Measures.Require(next.GetValueOrDefault(item[0]) == item[1], $"message {item[1]} of writer {item[0]} came where {next.GetValueOrDefault(item[0])} was due");
                    next[item[0]] = item[1] + 1;
                }
            }
            catch (ChannelClosedException)
            {
            }
        }, TaskCreationOptions.LongRunning);
        await KillAsync(kills, number => Writing(writer, number), number => next.ContainsKey(number) || reading.IsCompleted);
        writer.Dispose();
        await reading;
        Measures.Say($"{kills} writers killed in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s: {next.Values.Sum(static count => (long)count)} messages, longest wait {longest * 1000 / Stopwatch.Frequency} ms");
        Measures.Require(longest < 5 * Stopwatch.Frequency, "a reader waited for long");
    }

    // Apart, because a scope is sent with all of it that can travel.
    private static Action Writing(ProcessChannelWriter<int[]> writer, int number) => () => WriteArrays(writer, number);

    private static Action Retelling(ProcessChannelReader<int> reader, ProcessChannelWriter<int> tell, int greeting) => () => Retell(reader, tell, greeting);

    private static void WriteArrays(ProcessChannelWriter<int[]> writer, int number)
    {
        var random = new Random(number);
        for (int i = 0; ; i++)
        {
            int[] item = new int[2 + random.Next(i % 50 == 0 ? 100_000 : 100)];
            Array.Fill(item, i);
            item[0] = number;
            writer.Write(item);
        }
    }

    /// <summary>Readers are killed at random moments; each tells of each message that it has it. One that is killed between keeps at most that one.</summary>
    private static async Task KillReadersAsync(int kills)
    {
        long start = Stopwatch.GetTimestamp();
        using var channel = ProcessChannel.CreateBounded<int>(64);
        using var told = ProcessChannel.CreateUnbounded<int>();
        var (reader, writer, tell) = (channel.Reader, channel.Writer, told.Writer);
        var begun = new ConcurrentDictionary<int, bool>();
        var had = new HashSet<int>();
        bool isTwice = false;
        var hearing = Task.Factory.StartNew(() =>
        {
            try
            {
                while (true)
                    if (told.Reader.Read() is var item && item < 0)
                        begun[-item] = true;
                    else
                        isTwice |= !had.Add(item);
            }
            catch (ChannelClosedException)
            {
            }
        }, TaskCreationOptions.LongRunning);
        bool isOver = false;
        int written = 0;
        var writing = Task.Factory.StartNew(() =>
        {
            while (!Volatile.Read(ref isOver))
                writer.Write(written++);
        }, TaskCreationOptions.LongRunning);
        await KillAsync(kills, number => Retelling(reader, tell, -number), begun.ContainsKey);
        Volatile.Write(ref isOver, true);
        var last = ChildProcess.RunAsync(Retelling(reader, tell, -1_000_000));
        await writing;
        writer.Complete();
        await last;
        told.Writer.Complete();
        await hearing;
        Measures.Say($"{kills} readers killed in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s: {written} messages written, {had.Count} heard of");
        Measures.Require(!isTwice, "a message was read twice");
        Measures.Require(written - had.Count is var lost && lost >= 0 && lost <= kills, "more were lost than killed");
    }

    private static void Retell(ProcessChannelReader<int> reader, ProcessChannelWriter<int> tell, int greeting)
    {
        tell.Write(greeting);
        try
        {
            while (true)
                tell.Write(reader.Read());
        }
        catch (ChannelClosedException)
        {
        }
    }

    private static Task KillAsync(int kills, Func<int, Action> target, Func<int, bool> hasBegun)
    {
        var random = new Random(1);
        return Parallel.ForAsync(1, kills + 1, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            var child = new ChildProcess(target(number)) { IsDaemon = true };
            child.Start();
            // One in ten before it has begun.
            if (number % 10 != 0)
                await Measures.RequireSoonAsync(() => hasBegun(number), () => $"{number} has not begun");
            int delay;
            lock (random)
                delay = random.Next(2000);
            Measures.Spin(delay);
            child.Kill();
            await child.JoinAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
    }

    /// <summary>Channels are made, used and disposed of, or only dropped.</summary>
    private static async Task DropAsync(int channels)
    {
        long start = Stopwatch.GetTimestamp();
        Make(100);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        int before = Measures.Descriptors, threads = Measures.Threads;
        for (int i = 0; i < channels; i += 100)
            Make(100);
        Measures.Say($"{channels} channels in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        await Measures.RequireSoonAsync(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return Measures.Descriptors <= before && Measures.Threads <= threads + 3 && !File.ReadAllText("/proc/self/maps").Contains("multitasking-channel", StringComparison.Ordinal);
            },
            () => $"descriptors: {Measures.Descriptors}, {before} before; threads: {Measures.Threads}, {threads} before");
    }

    private static void Make(int count)
    {
        for (int i = 0; i < count; i++)
        {
            var texts = ProcessChannel.CreateUnbounded<object>();
            texts.Writer.TryWrite("something");
            if (i % 2 == 0)
                texts.Dispose();
        }
    }
}
