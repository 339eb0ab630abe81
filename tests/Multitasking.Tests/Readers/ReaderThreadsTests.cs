using Multitasking.Contracts;
using Multitasking.Readers;
using Xunit;

namespace Multitasking.Tests.Readers;

public sealed class ReaderThreadsTests
{
    [Fact]
    public async Task Stuck_reader_delays_no_other()
    {
        using var go = new ManualResetEventSlim();
        int stuck = 0, done = 0;
        for (int i = 0; i < 8; i++)
            ReaderThreads.Run(new Work(() =>
            {
                Interlocked.Increment(ref stuck);
                go.Wait();
            }));
        await Until.TrueAsync(() => stuck == 8);
        ReaderThreads.Run(new Work(() => Interlocked.Increment(ref done)));
        await Until.TrueAsync(() => done == 1);
        go.Set();
    }

    [Fact]
    public async Task All_of_much_work_is_done_once()
    {
        int[] done = new int[20_000];
        for (int i = 0; i < done.Length; i++)
        {
            int number = i;
            ReaderThreads.Run(new Work(() => Interlocked.Increment(ref done[number])));
        }
        await Until.TrueAsync(() => done.Sum() == done.Length);
        Assert.All(done, static count => Assert.Equal(1, count));
    }

    private sealed class Work(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
