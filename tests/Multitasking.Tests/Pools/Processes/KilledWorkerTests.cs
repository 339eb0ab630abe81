using System.Diagnostics;
using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>Somebody else kills workers (the system when memory runs out, an administrator): at most what they were running is lost.</summary>
[Collection(nameof(Alone))]
public sealed class KilledWorkerTests : PoolTest
{
    [Fact]
    public async Task Idle_worker_that_is_killed_is_replaced_and_nobody_is_told()
    {
        await using var pool = new ProcessPool(workers: 1);
        var worker = await WorkerOfAsync(pool);
        Kill(worker.Id);
        await EndOfAsync(worker);
        Assert.NotEqual(worker, await WorkerOfAsync(pool));
    }

    [Fact]
    public async Task Idle_workers_killed_again_and_again_do_not_break_the_pool()
    {
        await using var pool = new ProcessPool(workers: 1);
        for (int i = 0; i < 6; i++)
        {
            await WorkerOfAsync(pool);
            foreach (int id in pool.WorkerIds)
                Kill(id);
        }
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Worker_that_is_killed_the_moment_it_is_given_a_task_loses_that_one_at_most()
    {
        await using var pool = new ProcessPool(workers: 1);
        int lost = 0;
        for (int i = 0; i < Rounds.Of(20, least: 6); i++)
        {
            var worker = await WorkerOfAsync(pool);
            Kill(worker.Id);
            var outcome = await OutcomeAsync(pool.RunAsync(static x => x, i, Cancelled));
            Assert.True(outcome is null or WorkerLostException { ExitCode: -Constants.SIGKILL }, $"{outcome}");
            lost += outcome is null ? 0 : 1;
        }
        Assert.InRange(lost, 0, 20);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Busy_worker_that_is_killed_loses_exactly_the_task_it_was_running()
    {
        await using var pool = new ProcessPool(workers: 2);
        var (killed, worker, _) = await BusyAsync(pool);
        var others = Enumerable.Range(0, 19).Select(i => pool.RunAsync(static x => x, i, Cancelled)).ToArray();
        Kill(worker.Id);

        var lost = await FailureAsync<WorkerLostException>(killed);

        Assert.Equal((-Constants.SIGKILL, worker.Id), (lost.ExitCode, lost.ProcessId));
        Assert.Contains("SIGKILL", lost.Message, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 19), await Soon(Task.WhenAll(others)));
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Workers_that_are_killed_while_they_start_lose_nothing()
    {
        int rounds = Rounds.Of(12, least: 4);
        for (int i = 0; i < rounds; i++)
        {
            await using var pool = new ProcessPool(workers: 1);
            var answer = pool.RunAsync(static () => Environment.ProcessId, Cancelled);
            await Until.TrueAsync(static () => NoChildLeft.Ids().Length > 0);
            // In all stages from the first instruction to the first answer.
            await Task.Delay(i * 120 / rounds, Cancelled);
            foreach (int id in NoChildLeft.Ids())
                Kill(id);
            var outcome = await OutcomeAsync(answer);
            Assert.True(outcome is null or WorkerLostException { ExitCode: -Constants.SIGKILL }, $"{i}: {outcome}");
            await WorksAsync(pool);
        }
    }

    [Fact]
    public async Task Worker_that_is_killed_before_it_began_a_task_does_not_lose_it()
    {
        await using var pool = new ProcessPool(workers: 1);
        var worker = await WorkerOfAsync(pool);
        OtherParent.Signal(worker, Deaths.SIGSTOP);
        await Until.TrueAsync(() => worker.IsStopped);
        var answer = pool.RunAsync(static () => Environment.ProcessId, Cancelled);
        Kill(worker.Id);
        Assert.NotEqual(worker.Id, await Soon(answer));
    }

    [Fact]
    public async Task Storm_of_kills_ends_every_task_and_loses_only_what_ran()
    {
        int tasks = Rounds.Of(600, least: 300), mostKills = Rounds.Of(60, least: 20), kills = 0;
        await using var pool = new ProcessPool(workers: 2);
        await WorksAsync(pool);
        var outcomes = Task.WhenAll(Enumerable.Range(0, tasks).Select(async i => await OutcomeAsync(pool.RunAsync(WorkOneMillisecond, i, Cancelled))));
        var random = new Random(1);
        while (!outcomes.IsCompleted && kills < mostKills)
        {
            if (pool.WorkerIds is { Count: > 0 } ids)
            {
                Kill(ids[random.Next(ids.Count)]);
                kills++;
            }
            await Task.Delay(20, Cancelled);
        }

        var ended = await Soon(outcomes);

        Assert.All(ended, static outcome => Assert.True(outcome is null or WorkerLostException { ExitCode: -Constants.SIGKILL }, $"{outcome}"));
        Assert.InRange(ended.Count(static outcome => outcome is not null), 0, kills);
        Assert.Equal(0, pool.Pending);
        await WorksAsync(pool);
    }

    private static int WorkOneMillisecond(int answer)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < 1)
        {
        }
        return answer;
    }
}
