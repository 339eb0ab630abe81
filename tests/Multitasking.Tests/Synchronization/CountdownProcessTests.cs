using Multitasking.Contracts;
using Multitasking.Synchronization;
using Multitasking.Tests.Support;
using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Synchronization;

[Collection(nameof(Alone))]
public sealed class CountdownProcessTests : WorkerTest
{
    [Fact]
    public async Task Signals_of_processes_count()
    {
        using var countdown = new ProcessCountdown(3000);
        var children = Enumerable.Range(0, 3).Select(_ => InChild.RunAsync(() => SignalMany(countdown, 1000))).ToArray();
        await countdown.WaitAsync(Cancelled).AsTask().WaitAsync(Until.Limit, Cancelled);

        Assert.Equal(1, (await Task.WhenAll(children)).Sum());
    }

    [Fact]
    public async Task A_part_is_signalled_when_its_process_is_killed()
    {
        var reports = new Reports<string>();
        using var countdown = new ProcessCountdown(2);
        var child = new ChildProcess(TakeAndSleep, args: [countdown, reports]);
        child.Start();
        countdown.Signal();
        var waiting = Bunch.Start(() => countdown.Wait(Cancelled));
        await reports.UntilAsync("taken");
        child.Kill();

        await waiting.WaitAsync(Until.Limit, Cancelled);
        Assert.Equal(1, countdown.AbandonedCount);
        await child.JoinAsync(Cancelled);
    }

    [Fact]
    public async Task A_part_of_a_killed_process_is_signalled_though_nobody_waits()
    {
        var reports = new Reports<string>();
        using var countdown = new ProcessCountdown(1);
        var child = new ChildProcess(TakeAndSleep, args: [countdown, reports]);
        child.Start();
        await reports.UntilAsync("taken");
        child.Kill();

        await Until.TrueAsync(() => countdown.IsSet);
        await child.JoinAsync(Cancelled);
    }

    [Fact]
    public async Task A_part_is_signalled_when_its_process_ends_without_disposing_of_it()
    {
        using var countdown = new ProcessCountdown(1);
        var child = new ChildProcess(Take, args: [countdown]);
        child.Start();
        await countdown.WaitAsync(Cancelled).AsTask().WaitAsync(Until.Limit, Cancelled);
        Assert.Equal(1, countdown.AbandonedCount);
        await child.JoinAsync(Cancelled);
    }

    [Fact]
    public async Task Kills_at_random_moments_lose_no_part_and_signal_none_twice()
    {
        const int Count = 1_000_000;
        int rounds = Rounds.Of(24, least: 6);
        using var countdown = new ProcessCountdown(Count);
        var random = new Random(5);
        for (int round = 0; round < rounds; round++)
        {
            int before = countdown.CurrentCount, taken = random.Next(200);
            var child = new ChildProcess(TakeForEver, args: [countdown]);
            child.Start();
            await Until.TrueAsync(() => countdown.CurrentCount <= before - taken);
            Thread.SpinWait(random.Next(20_000));
            child.Kill();
            await child.JoinAsync(Cancelled);
        }
        // Every part is signalled by now or soon; what is left can be signalled, to the last.
        await Until.TrueAsync(() => TrySignalRest(countdown));
        Assert.True(countdown.IsSet);
        Assert.InRange(countdown.AbandonedCount, 1, rounds);
    }

    private static int SignalMany(ProcessCountdown countdown, int count) => Enumerable.Range(0, count).Count(_ => countdown.Signal());

    private static CountdownPart? s_part;

    private static void Take(ProcessCountdown countdown) => s_part = countdown.Take();

    private static void TakeAndSleep(ProcessCountdown countdown, IProgress<string> progress)
    {
        s_part = countdown.Take();
        progress.Report("taken");
        Thread.Sleep(Timeout.Infinite);
    }

    private static void TakeForEver(ProcessCountdown countdown)
    {
        while (true)
        {
            // Long beside taking and giving back, so that most kills meet a process that has it.
            using var part = countdown.Take();
            Thread.SpinWait(500);
        }
    }

    private static bool TrySignalRest(ProcessCountdown countdown)
    {
        try
        {
            return countdown.Signal(countdown.CurrentCount);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
