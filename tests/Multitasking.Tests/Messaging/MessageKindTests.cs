using System.Runtime.InteropServices;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Multitasking.Tests.Travel;
using Xunit;

namespace Multitasking.Tests.Messaging;

/// <summary>Messages of every kind arrive as they were written: in the same process, and there and back through another.</summary>
[Collection(nameof(Alone))]
public sealed class MessageKindTests : ChannelTest
{
    private static readonly Dictionary<string, Func<Task>> s_kinds = new()
    {
        ["numbers"] = static () => ArriveAsync(0, 1, -1, int.MinValue, int.MaxValue),
        ["bytes"] = static () => ArriveAsync<byte>(0, 1, 255),
        ["floating-point numbers"] = static () => ArriveAsync(double.NaN, double.NegativeInfinity, double.Epsilon, -0.0),
        ["structs with padding"] = static () => ArriveAsync(new Padded(1, 2, 3), new Padded(255, long.MinValue, -1), default),
        ["times"] = static () => ArriveAsync(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue),
        ["nullable numbers"] = static () => ArriveAsync<int?>(null, 5),
        ["texts"] = static () => ArriveAsync<string?>("", null, "a", "ä€😀", "\ud800", "\udc00x\0", new string('x', 100_001)),
        ["arrays of bytes"] = static () => ArriveAsync<byte[]?>([], [1], null, Noise(65_535), Noise(65_536), Noise(65_537), [2]),
        ["arrays of structs"] = static () => ArriveAsync<Padded[]?>([], null, [new Padded(1, 2, 3), new Padded(4, 5, 6)]),
        ["arrays of characters"] = static () => ArriveAsync<char[]?>([], null, ['a', '\ud800']),
        ["arrays of texts"] = static () => ArriveAsync<string?[]?>([], null, ["a", null, ""]),
        ["records"] = static () => ArriveAsync<Person?>(new Person("Ada", [new Person("Byron", [])]), null),
        ["tuples"] = static () => ArriveAsync<(string, int, byte[]?)>(("a", 1, null), ("", -1, null)),
        ["enumerations"] = static () => ArriveAsync(DayOfWeek.Friday, (DayOfWeek)99),
        ["objects of any class"] = static () => ArriveAsync<object?>(1, "a", null, 2.5, DayOfWeek.Monday),
    };

    public static TheoryData<string> Kinds => [.. s_kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task Messages_arrive_as_they_were_written(string kind) => s_kinds[kind]();

    [Fact]
    public async Task Graphs_with_circles_keep_their_form()
    {
        using var there = ProcessChannel.CreateUnbounded<Link>();
        using var back = ProcessChannel.CreateBounded<Link>(1);
        var (from, to) = (there.Reader, back.Writer);
        var echo = ChildProcess.RunAsync(() => to.Write(from.Read()), cancellationToken: Cancelled);
        var first = new Link { Name = "first" };
        first.Next = new Link { Name = "second", Next = first };
        there.Writer.Write(first, Cancelled);
        var arrived = await Soon(back.Reader.ReadAsync(Cancelled));
        Assert.Equal(("first", "second"), (arrived.Name, arrived.Next!.Name));
        Assert.Same(arrived, arrived.Next.Next);
        await Soon(echo);
    }

    [Fact]
    public async Task Any_graph_keeps_its_form()
    {
        using var channel = ProcessChannel.CreateBounded<Vertex>(1);
        await Task.Run(() => CsCheck.Check.Sample(Vertex.Random, graph =>
        {
            channel.Writer.Write(graph);
            return Vertex.AreAlike(graph, channel.Reader.Read());
        }, iter: 300, threads: 1), Cancelled);
    }

    [Fact]
    public async Task Message_of_50_megabytes_goes_there_and_back()
    {
        byte[] sent = Noise(50_000_000);
        using var there = ProcessChannel.CreateBounded<byte[]>(1);
        using var back = ProcessChannel.CreateBounded<byte[]>(1);
        var (from, to) = (there.Reader, back.Writer);
        var echo = ChildProcess.RunAsync(() => to.Write(from.Read()), cancellationToken: Cancelled);
        await Soon(there.Writer.WriteAsync(sent, Cancelled));
        byte[] arrived = await Soon(back.Reader.ReadAsync(Cancelled));
        Assert.True(sent.AsSpan().SequenceEqual(arrived));
        await Soon(echo);
    }

    [Fact]
    public async Task Memory_of_a_burst_goes_back_to_the_system()
    {
        using var channel = ProcessChannel.CreateUnbounded<byte[]>();
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 20; i++)
                channel.Writer.Write(Noise(1_000_000 + i), Cancelled);
            for (int i = 0; i < 20; i++)
                Assert.True(Noise(1_000_000 + i).AsSpan().SequenceEqual(channel.Reader.Read(Cancelled)));
            channel.Writer.Write([1], Cancelled);
            Assert.Equal([1], await channel.Reader.ReadAsync(Cancelled));
        }
        Assert.True(BlocksOf(channel.Reader.Lease.Segment.File.Number) <= 6 << 20);
    }

    [Fact]
    public async Task Memory_of_a_large_burst_goes_back_while_small_messages_follow()
    {
        using var channel = ProcessChannel.CreateUnbounded<byte[]>();
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < 60; i++)
                channel.Writer.Write(Noise(1_000_000 + i), Cancelled);
            for (int i = 0; i < 60; i++)
                Assert.True(Noise(1_000_000 + i).AsSpan().SequenceEqual(channel.Reader.Read(Cancelled)));
            await Until.TrueAsync(() =>
            {
                channel.Writer.Write([1], Cancelled);
                Assert.Equal([1], channel.Reader.Read(Cancelled));
                return BlocksOf(channel.Reader.Lease.Segment.File.Number) <= 6 << 20;
            });
        }
    }

    private static long BlocksOf(int descriptor)
    {
        using var stat = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("stat", ["-L", "-c", "%b", $"/proc/{Environment.ProcessId}/fd/{descriptor}"]) { RedirectStandardOutput = true })!;
        return 512 * long.Parse(stat.StandardOutput.ReadToEnd(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        new Random(length).NextBytes(noise);
        return noise;
    }

    private static async Task ArriveAsync<T>(params T[] values)
    {
        using var there = ProcessChannel.CreateBounded<T>(values.Length);
        foreach (var value in values)
            there.Writer.Write(value, Cancelled);
        foreach (var value in values)
            Assert.Equivalent(value, there.Reader.Read(Cancelled), strict: true);
        using var back = ProcessChannel.CreateBounded<T>(1);
        var (from, to) = (there.Reader, back.Writer);
        var echo = ChildProcess.RunAsync(() => Echo(from, to), cancellationToken: Cancelled);
        foreach (var value in values)
            await Soon(there.Writer.WriteAsync(value, Cancelled));
        there.Writer.Complete();
        back.Writer.Dispose();
        Assert.Equal(values, await Soon(AllOfAsync(back.Reader)), static (left, right) => left is System.Collections.IEnumerable ? Same(left, right) : Equals(left, right) || left is Person);
        await Soon(echo);
    }

    private static bool Same<T>(T left, T right) =>
        left is byte[] bytes ? bytes.AsSpan().SequenceEqual((byte[])(object)right!) : ((System.Collections.IEnumerable)left!).Cast<object?>().SequenceEqual(((System.Collections.IEnumerable)right!).Cast<object?>());

    private static void Echo<T>(ProcessChannelReader<T> from, ProcessChannelWriter<T> to)
    {
        while (from.WaitToReadAsync().AsTask().Result)
            while (from.TryRead(out var item))
                to.Write(item);
    }

    [StructLayout(LayoutKind.Sequential)]
    private record struct Padded(byte First, long Second, short Third);

    private sealed record Person(string Name, IReadOnlyList<Person> Parents);

    private sealed class Link
    {
        internal string Name = "";
        internal Link? Next;
    }
}
