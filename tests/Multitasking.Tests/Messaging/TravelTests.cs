using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Messaging;

/// <summary>The ways by which a channel comes to a process.</summary>
[Collection(nameof(Alone))]
public sealed class TravelTests : ChannelTest
{
    private static ProcessChannelWriter<int>? s_ofInitializer;

    [Fact]
    public async Task Captured_and_passed_ends_are_the_same_channel()
    {
        using var channel = ProcessChannel.CreateBounded<int>(4);
        var child = new ChildProcess(CopyOne, args: [channel.Reader, channel.Writer]);
        channel.Writer.Write(1, Cancelled);
        child.Start();
        await Soon(child.JoinAsync(Cancelled));
        Assert.Equal(1, child.ExitCode is 0 ? channel.Reader.Count : -1);
        Assert.Equal(2, channel.Reader.Read(Cancelled));
        await Soon(ChildProcess.RunAsync(() => channel.Writer.Write(channel.Reader.Count + 10), cancellationToken: Cancelled));
        Assert.Equal(10, channel.Reader.Read(Cancelled));
    }

    [Fact]
    public async Task End_that_another_lambda_of_the_scope_captured_stays_here()
    {
        using var channel = ProcessChannel.CreateBounded<int>(4);
        var (writer, gate) = (channel.Writer, NewGate());
        Action unused = () => writer.Write(1);
        var child = ChildProcess.RunAsync(() => gate.Pass(), cancellationToken: Cancelled);
        channel.Writer.Dispose();
        Assert.Empty(await Soon(AllOfAsync(channel.Reader)));
        gate.Open();
        await Soon(child);
        Assert.Throws<ObjectDisposedException>(unused);
    }

    [Fact]
    public async Task Great_grandchild_writes_to_a_channel_of_its_ancestor()
    {
        using var channel = ProcessChannel.CreateBounded<string>(4);
        var writer = channel.Writer;
        await Soon(ChildProcess.RunAsync(() => DescendAsync(writer, 3), cancellationToken: Cancelled));
        channel.Writer.Dispose();
        Assert.Equal(["0", "1", "2", "3"], await Soon(AllOfAsync(channel.Reader)));
    }

    [Fact]
    public async Task Thread_uses_the_very_same_ends()
    {
        using var channel = ProcessChannel.CreateBounded<int>(4);
        var thread = new ChildThread(CopyOne, args: [channel.Reader, channel.Writer]);
        channel.Writer.Write(1, Cancelled);
        thread.Start();
        await Soon(thread.JoinAsync(Cancelled));
        Assert.Equal(2, channel.Reader.Read(Cancelled));
    }

    [Theory]
    [InlineData("processes")]
    [InlineData("threads")]
    [InlineData("inline")]
    public async Task Tasks_of_any_pool_write_to_a_channel(string kind)
    {
        using var channel = ProcessChannel.CreateUnbounded<int>();
        var writer = channel.Writer;
        await using WorkerPool pool = kind switch
        {
            "processes" => new ProcessPool(workers: 2),
            "threads" => new DedicatedThreadPool(workers: 2),
            _ => new InlinePool(),
        };
        await Soon(pool.ForEachAsync(Enumerable.Range(0, 1000), number => writer.Write(number), Cancelled));
        await Soon(pool.RunAsync(static (end, number) => end.Write(number), writer, 1000, Cancelled));
        var numbers = new List<int>();
        while (channel.Reader.TryRead(out int number))
            numbers.Add(number);
        Assert.Equal(Enumerable.Range(0, 1001), numbers.Order());
    }

    [Fact]
    public async Task Initializer_keeps_its_channel_for_the_life_of_every_worker()
    {
        using var channel = ProcessChannel.CreateUnbounded<int>();
        var writer = channel.Writer;
        await using (var pool = new ProcessPool(new PoolOptions { Workers = 2, MaxTasksPerWorker = 5, Initializer = () => s_ofInitializer = writer }))
            for (int i = 0; i < 30; i++)
                await Soon(pool.RunAsync(static number => s_ofInitializer!.Write(number), i, Cancelled));
        channel.Writer.Dispose();
        Assert.Equal(Enumerable.Range(0, 30), (await Soon(AllOfAsync(channel.Reader))).Order());
    }

    [Fact]
    public async Task Worker_that_is_killed_with_a_channel_is_a_writer_that_is_gone()
    {
        using var channel = ProcessChannel.CreateUnbounded<int>();
        var writer = channel.Writer;
        await using var pool = new ProcessPool(workers: 1);
        var task = pool.RunAsync(
            () =>
            {
                writer.Write(1);
                LibC.SendSignal(Environment.ProcessId, Constants.SIGKILL);
                Thread.Sleep(Timeout.Infinite);
            },
            Cancelled);
        await Assert.ThrowsAsync<WorkerLostException>(() => Soon(task));
        writer.Dispose();
        Assert.Equal(1, channel.Reader.Read(Cancelled));
        await Assert.ThrowsAsync<WorkerLostException>(() => Soon(channel.Reader.WaitToReadAsync(Cancelled)));
    }

    [Fact]
    public async Task Task_that_is_run_again_has_its_channel_again()
    {
        using var channel = ProcessChannel.CreateUnbounded<int>();
        var writer = channel.Writer;
        string file = FileNamed("tried");
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, Retries = 2 });
        await Soon(pool.RunAsync(
            () =>
            {
                writer.Write(1);
                if (File.Exists(file))
                    return;
                File.WriteAllText(file, "");
                LibC.SendSignal(Environment.ProcessId, Constants.SIGKILL);
                Thread.Sleep(Timeout.Infinite);
            },
            Cancelled));
        Assert.Equal(2, channel.Reader.Count);
    }

    [Fact]
    public async Task Reading_ends_when_the_tasks_that_wrote_are_done()
    {
        using var channel = ProcessChannel.CreateUnbounded<int>();
        var writer = channel.Writer;
        await using var pool = new ProcessPool(workers: 2);
        await Soon(pool.ForEachAsync(Enumerable.Range(0, 20), number => writer.Write(number), Cancelled));
        writer.Dispose();
        Assert.Equal(20, (await Soon(AllOfAsync(channel.Reader))).Count);
    }

    [Fact]
    public async Task End_on_its_way_counts_though_its_sender_has_let_go_of_the_channel()
    {
        using var carrier = ProcessChannel.CreateBounded<object>(4);
        var (inbox, outbox, gate) = (carrier.Reader, carrier.Writer, NewGate());
        var sender = ChildProcess.RunAsync(
            () =>
            {
                using (var own = ProcessChannel.CreateBounded<int>(4))
                {
                    outbox.Write(own.Reader);
                    outbox.Write(new object[] { own.Writer, own.Writer });
                }
                gate.Pass();
            },
            cancellationToken: Cancelled);
        using var reader = (ProcessChannelReader<int>)await Soon(inbox.ReadAsync(Cancelled));
        var read = reader.ReadAsync(Cancelled).AsTask();
        Assert.False(await Until.ComesTrueAsync(() => read.IsCompleted, TimeSpan.FromMilliseconds(300)));
        using (var writer = (ProcessChannelWriter<int>)((object[])await Soon(inbox.ReadAsync(Cancelled)))[0])
            writer.Write(1, Cancelled);
        Assert.Equal(1, await Soon(read));
        Assert.False(await Soon(reader.WaitToReadAsync(Cancelled)));
        gate.Open();
        await Soon(sender);
    }

    [Fact]
    public async Task Ten_thousand_channels_go_through_a_channel()
    {
        using var there = ProcessChannel.CreateBounded<ProcessChannelWriter<int>>(100);
        var reader = there.Reader;
        var child = ChildProcess.RunAsync(
            () =>
            {
                int count = 0;
                while (reader.WaitToReadAsync().AsTask().Result)
                    while (reader.TryRead(out var writer))
                        using (writer)
                            writer.Write(count++);
                return count;
            },
            cancellationToken: Cancelled);
        for (int i = 0; i < 10_000; i++)
        {
            using var own = ProcessChannel.CreateBounded<int>(1);
            await Soon(there.Writer.WriteAsync(own.Writer, Cancelled));
            own.Writer.Dispose();
            if (i % 100 == 0)
                Assert.Equal([i], await Soon(AllOfAsync(own.Reader)));
        }
        there.Writer.Complete();
        Assert.Equal(10_000, await Soon(child));
    }

    [Fact]
    public async Task Pipes_ends_speak_both_ways()
    {
        var (mine, yours) = DuplexPipe.Create<string>();
        using (mine)
        {
            var child = ChildProcess.RunAsync(() => yours.Writer.Write($"{yours.Reader.Read()}!"), cancellationToken: Cancelled);
            mine.Writer.Write("hello", Cancelled);
            Assert.Equal("hello!", await Soon(mine.Reader.ReadAsync(Cancelled)));
            yours.Dispose();
            await Soon(child);
            Assert.False(await Soon(mine.Reader.WaitToReadAsync(Cancelled)));
        }
    }

    [Fact]
    public async Task Disposed_end_is_refused_with_its_path()
    {
        var channel = ProcessChannel.CreateBounded<int>(1);
        var writer = channel.Writer;
        channel.Dispose();
        var refusal = Assert.Throws<TargetNotSupportedException>(() => ChildProcess.Start(() => writer.Write(1)));
        Assert.StartsWith("captured 'writer'", refusal.Path, StringComparison.Ordinal);
        await Task.CompletedTask;
    }

    private static void CopyOne(ProcessChannelReader<int> reader, ProcessChannelWriter<int> writer) => writer.Write(reader.Read() + 1);

    private static async Task DescendAsync(ProcessChannelWriter<string> writer, int depth)
    {
        if (depth > 0)
            await ChildProcess.RunAsync(() => DescendAsync(writer, depth - 1));
        await writer.WriteAsync($"{depth}");
    }
}
