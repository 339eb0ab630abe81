using System.Threading.Channels;
using Multitasking.Synchronization;

namespace Multitasking.TestWorker.Faulty;

/// <summary>Channels between this process and its children.</summary>
internal static class ChannelUse
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    internal static async Task RunAsync(Steps steps)
    {
        await steps.TryAsync("from a child", async static () =>
        {
            using var channel = ProcessChannel.CreateBounded<string>(2);
            var writer = channel.Writer;
            var child = ChildProcess.RunAsync(() => WriteAll(writer));
            writer.Dispose();
            int count = 0;
            await foreach (string text in channel.Reader.ReadAllAsync())
                Steps.Require(text == $"message {count++}", $"message {count} is \"{text}\"");
            await child;
            Steps.Require(count == 20, $"{count} messages of 20");
        });
        await steps.TryAsync("to a child", async static () =>
        {
            using var channel = ProcessChannel.CreateUnbounded<byte[]>();
            var reader = channel.Reader;
            var child = ChildProcess.RunAsync(() => ReadAll(reader));
            reader.Dispose();
            for (int i = 0; i < 5; i++)
                await channel.Writer.WriteAsync(new byte[100_000]);
            channel.Writer.Complete();
            Steps.Require(await child == 500_000, "bytes are missing");
        });
        await steps.TryAsync("a lock in a message", async static () =>
        {
            using var channel = ProcessChannel.CreateUnbounded<ProcessSemaphore>();
            using var semaphore = new ProcessSemaphore(0);
            var reader = channel.Reader;
            var child = ChildProcess.RunAsync(() => reader.Read().Release());
            channel.Writer.Write(semaphore);
            await child;
            Steps.Require(semaphore.TryWait(s_limit), "a permit is missing");
        });
        await steps.TryAsync("killed writer", async static () =>
        {
            using var channel = ProcessChannel.CreateUnbounded<int>();
            var writer = channel.Writer;
            var child = new ChildProcess(() => WriteAndSleep(writer));
            child.Start();
            try
            {
                writer.Dispose();
                Steps.Require(await channel.Reader.ReadAsync() == 1, "a wrong message");
            }
            finally
            {
                child.Kill();
            }
            await Steps.EndsWithAsync<ChannelClosedException>(channel.Reader.ReadAsync().AsTask());
            child.Join();
        });
    }

    private static void WriteAll(ProcessChannelWriter<string> writer)
    {
        for (int i = 0; i < 20; i++)
            writer.Write($"message {i}");
    }

    private static int ReadAll(ProcessChannelReader<byte[]> reader)
    {
        int sum = 0;
        try
        {
            while (true)
                sum += reader.Read().Length;
        }
        catch (ChannelClosedException)
        {
            return sum;
        }
    }

    private static void WriteAndSleep(ProcessChannelWriter<int> writer)
    {
        writer.Write(1);
        Thread.Sleep(Timeout.Infinite);
    }
}
