using System.Diagnostics;
using Multitasking.Contracts;
using Multitasking.Faults.Hostile;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Faults;

/// <summary>Workers that lie in all ways, seconds of what the soak "hostile" does in half an hour.</summary>
[Collection(nameof(Alone))]
public sealed class HostileWorkerTests : WorkerTest
{
    private const int AtOnce = 4;

    private const long MostBytes = 1L << 30;

    [Fact]
    public async Task Hostile_workers_ruin_their_own_tasks_and_nothing_else()
    {
        // What earlier tests left to be collected is no matter of these.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        int next = 0, moves = Rounds.Of(200);
        var match = new HostileMatch(AtOnce, 2 * Until.Limit);
        await using (match)
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
            {
                while (Interlocked.Increment(ref next) is var seed && seed <= moves)
                    await match.PlayAsync(seed);
            }));
        Assert.NotEqual(0, match.InnocentCalls);
        Assert.InRange(Process.GetCurrentProcess().WorkingSet64, 1, MostBytes);
    }
}
