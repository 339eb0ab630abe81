using System.Runtime.CompilerServices;
using Multitasking.Contracts;
using Multitasking.SharedMemory;
using Multitasking.Tests.Pools.Processes;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Messaging;

/// <summary>Channels leave nothing behind, however they are let go of: no descriptor, no mapping, no file, no thread.</summary>
[Collection(nameof(Alone))]
public sealed class LeftoverTests : ChannelTest
{
    // Of other tests in this process: arrays that gave out a span, and were not disposed of, stay.
    private readonly HashSet<Guid> _segmentsBefore = [.. SharedSegment.AllOpen().Select(static segment => segment.Id)];
    private readonly int _mappingsBefore = Mappings();

    [Fact]
    public async Task Ten_thousand_channels_leave_nothing()
    {
        Make(10);
        await CollectAsync();
        int threads = Threads();
        for (int i = 0; i < 10; i++)
            Make(1000);
        await CollectAsync();
        Assert.InRange(Mappings(), 0, _mappingsBefore);
        await Until.TrueAsync(() => Threads() <= threads + 3);
    }

    [Theory]
    [InlineData("stack overflow")]
    [InlineData("fail fast")]
    [InlineData("native fault")]
    [InlineData("exception in a thread")]
    [InlineData("SIGKILL")]
    [InlineData("SIGTERM")]
    [InlineData("exit 0")]
    [InlineData("exit at once")]
    public async Task Channels_that_were_passed_to_children_leave_nothing_however_they_end(string way)
    {
        for (int i = 0; i < Rounds.Of(6, least: 2); i++)
        {
            using var channel = ProcessChannel.CreateBounded<object>(4);
            using var numbers = ProcessChannel.CreateBounded<int>(4);
            var both = (channel, numbers.Reader);
            var child = Start(() =>
            {
                using var own = ProcessChannel.CreateBounded<int>(1);
                both.channel.Writer.Write(own.Writer);
                Deaths.Die(way);
                GC.KeepAlive(both.Reader);
            });
            using var end = (ProcessChannelWriter<int>)await Soon(channel.Reader.ReadAsync(Cancelled));
            Assert.True(end.TryWrite(1));
            await EndOfAsync(child);
        }
        await CollectAsync();
        Assert.InRange(Mappings(), 0, _mappingsBefore);
    }

    private static int Mappings() =>
        File.ReadLines("/proc/self/maps").Count(static line => line.Contains("multitasking-channel", StringComparison.Ordinal));

    private static int Threads() => Directory.GetDirectories("/proc/self/task").Length;

    private async Task CollectAsync()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        await Until.TrueAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return SharedSegment.AllOpen().TrueForAll(segment => _segmentsBefore.Contains(segment.Id));
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Make(int count)
    {
        for (int i = 0; i < count; i++)
        {
            var texts = ProcessChannel.CreateUnbounded<string>();
            texts.Writer.TryWrite($"{i}");
            if (i % 3 == 0)
                _ = texts.Reader.WaitToReadAsync().AsTask();
            if (i % 2 == 0)
                texts.Dispose();
        }
    }
}
