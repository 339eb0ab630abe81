using Multitasking.Contracts;
using Multitasking.Synchronization;
using Multitasking.Tests.Support;
using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Synchronization;

[Collection(nameof(Alone))]
public sealed class BarrierProcessTests : WorkerTest
{
    [Fact]
    public async Task Processes_go_through_phases_together()
    {
        using var barrier = new ProcessBarrier(4);
        var children = Enumerable.Range(0, 3).Select(i => InChild.RunAsync(() => PassMany(barrier, 200, i == 0))).ToArray();
        long own = PassMany(barrier, 200, isAsynchronous: false);

        long[] orders = await Task.WhenAll(children).WaitAsync(Until.Limit, Cancelled);
        Assert.Equal(200 * (0 + 1 + 2 + 3), own + orders.Sum());
        Assert.Equal((200, false), (barrier.Phase, barrier.IsBroken));
    }

    [Fact]
    public async Task A_process_that_is_killed_while_it_waits_breaks_it_for_the_others()
    {
        using var barrier = new ProcessBarrier(3);
        var child = new ChildProcess(Wait, args: [barrier]);
        child.Start();
        var waiting = barrier.SignalAndWaitAsync(Cancelled).AsTask();
        await Until.TrueAsync(() => barrier.WaitingCount == 2);
        child.Kill();

        var broken = await Assert.ThrowsAsync<BarrierBrokenException>(() => waiting.WaitAsync(Until.Limit, Cancelled));
        Assert.Equal(child.Id, broken.ProcessId);
        await child.JoinAsync(Cancelled);
        Assert.True(barrier.IsBroken);
        barrier.Reset();
        Assert.False(barrier.IsBroken);
    }

    [Fact]
    public async Task A_process_that_is_killed_after_a_phase_breaks_the_next()
    {
        var reports = new Reports<string>();
        using var barrier = new ProcessBarrier(2);
        var child = new ChildProcess(PassAndSleep, args: [barrier, reports]);
        child.Start();
        barrier.SignalAndWait(Cancelled);
        await reports.UntilAsync("passed");
        var waiting = Bunch.Start(() => barrier.SignalAndWait(Cancelled));
        await Until.TrueAsync(() => barrier.WaitingCount == 1);
        child.Kill();

        await Assert.ThrowsAsync<BarrierBrokenException>(() => waiting.WaitAsync(Until.Limit, Cancelled));
        await child.JoinAsync(Cancelled);
    }

    [Fact]
    public async Task A_process_that_has_passed_and_ends_breaks_nothing()
    {
        using var barrier = new ProcessBarrier(2);
        for (int i = 0; i < 3; i++)
        {
            var child = InChild.RunAsync(() => barrier.SignalAndWait().Phase);
            Assert.Equal(i, barrier.SignalAndWait(Cancelled).Phase);
            Assert.Equal(i, await child);
        }
        Assert.False(barrier.IsBroken);
    }

    [Fact]
    public async Task Kills_at_random_moments_break_it_and_nothing_else()
    {
        using var barrier = new ProcessBarrier(3);
        var random = new Random(4);
        for (int round = 0; round < Rounds.Of(8, least: 4); round++)
        {
            barrier.Reset();
            var children = Enumerable.Range(0, 2).Select(_ => new ChildProcess(PassForEver, args: [barrier])).ToArray();
            foreach (var child in children)
                child.Start();
            // One that has never taken part would not be missed.
            long until = barrier.Phase + 1 + random.Next(50);
            var broken = Bunch.Start(() => BrokenBy(barrier));
            await Until.TrueAsync(() => barrier.Phase >= until);
            children[round % 2].Kill();

            Assert.Equal(children[round % 2].Id, (await broken.WaitAsync(Until.Limit, Cancelled)).ProcessId);
            foreach (var child in children)
                await child.JoinAsync(Cancelled).WaitAsync(Until.Limit, Cancelled);
            Assert.Equal(0, children[1 - (round % 2)].ExitCode);
        }
    }

    private static void Wait(ProcessBarrier barrier) => barrier.SignalAndWait();

    private static void PassAndSleep(ProcessBarrier barrier, IProgress<string> progress)
    {
        barrier.SignalAndWait();
        progress.Report("passed");
        Thread.Sleep(Timeout.Infinite);
    }

    private static void PassForEver(ProcessBarrier barrier) => BrokenBy(barrier);

    private static BarrierBrokenException BrokenBy(ProcessBarrier barrier)
    {
        try
        {
            while (true)
                barrier.SignalAndWait();
        }
        catch (BarrierBrokenException exception)
        {
            return exception;
        }
    }

    private static long PassMany(ProcessBarrier barrier, int phases, bool isAsynchronous)
    {
        long orders = 0;
        for (int phase = 0; phase < phases; phase++)
        {
            var passage = isAsynchronous ? barrier.SignalAndWaitAsync().AsTask().GetAwaiter().GetResult() : barrier.SignalAndWait();
            if (passage.Phase != phase)
                throw new InvalidOperationException($"phase {passage.Phase} in place of {phase}");
            orders += passage.Order;
        }
        return orders;
    }
}
