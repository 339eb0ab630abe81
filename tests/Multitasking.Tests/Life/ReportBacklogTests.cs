using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Life;

/// <summary>Reports that nobody takes are bounded in their number and in bytes: their child waits.</summary>
[Collection(nameof(Alone))]
public sealed class ReportBacklogTests : WorkerTest
{
    [Theory]
    [InlineData(1 << 20, 100, 40)]
    [InlineData(4 << 20, 30, 10)]
    [InlineData(1, 30_000, 20_000)]
    public async Task Child_waits_while_its_reports_are_not_taken(int size, int count, int most)
    {
        using var taking = new ManualResetEventSlim();
        using var made = new SharedValue<int>(0);
        var progress = new Slow(taking);
        IProgress<byte[]> reports = progress;
        var answer = ChildProcess.RunAsync(() => Report(reports, made, size, count), cancellationToken: Cancelled);
        // It goes on while there is room; when it has not for a while, it waits.
        int before;
        do
        {
            before = made.Value;
            await Task.Delay(TimeSpan.FromMilliseconds(500), Cancelled);
        }
        while (before == 0 || made.Value != before);
        Assert.InRange(before, 1, most);
        taking.Set();
        await answer;
        Assert.Equal((count, count), (made.Value, progress.Taken));
    }

    private static void Report(IProgress<byte[]> reports, SharedValue<int> made, int size, int count)
    {
        for (int i = 1; i <= count; i++)
        {
            reports.Report(new byte[size]);
            made.Value = i;
        }
    }

    private sealed class Slow(ManualResetEventSlim taking) : IProgress<byte[]>
    {
        internal int Taken { get; private set; }

        public void Report(byte[] value)
        {
            taking.Wait();
            Taken++;
        }
    }
}
