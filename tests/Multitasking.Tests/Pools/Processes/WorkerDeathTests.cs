using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>A task that ends its process, in whichever way, fails alone; its neighbours do not notice, and the pool is whole again.</summary>
[Collection(nameof(Alone))]
public sealed class WorkerDeathTests : PoolTest
{
    [Theory]
    [InlineData("stack overflow", -6)]
    [InlineData("fail fast", -6)]
    [InlineData("native fault", -11)]
    [InlineData("exception in a thread", -6)]
    [InlineData("SIGKILL", -9)]
    [InlineData("SIGTERM", -15)]
    [InlineData("SIGUSR1", -10)]
    [InlineData("exit 0", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("exit at once", 7)]
    public async Task Task_that_ends_its_process_fails_alone_and_tells_how_it_ended(string way, int exitCode)
    {
        await using var pool = new ProcessPool(workers: 2);
        var (neighbour, itsWorker, gate) = await BusyAsync(pool);

        var lost = await FailureAsync<WorkerLostException>(pool.RunAsync(Deaths.Die, way, Cancelled));

        Assert.Equal(exitCode, lost.ExitCode);
        Assert.Contains(nameof(Deaths.Die), lost.Target, StringComparison.Ordinal);
        Assert.NotNull(lost.ProcessId);
        Assert.NotEqual(itsWorker.Id, lost.ProcessId);
        gate.Open();
        Assert.Equal(itsWorker.Id, await Soon(neighbour));
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Task_whose_process_became_another_program_fails_in_bounded_time()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TerminationGrace = Grace });
        await FailureAsync<WorkerLostException>(pool.RunAsync(Deaths.Die, "another program", Cancelled));
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Stopped_process_loses_its_task_to_the_time_limit()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TaskTimeout = Limit, TerminationGrace = Grace });
        await FailureAsync<TaskTimeoutException>(pool.RunAsync(static () => LibC.SendSignal(Environment.ProcessId, Deaths.SIGSTOP), Cancelled));
        Assert.Equal(42, await Soon(pool.RunAsync(static x => x + 1, 41, Cancelled)));
    }

    [Fact]
    public async Task Every_lost_task_has_an_exception_of_its_own()
    {
        await using var pool = new ProcessPool(workers: 2);
        var first = await FailureAsync<WorkerLostException>(pool.RunAsync(Deaths.Die, "exit at once", Cancelled));
        var second = await FailureAsync<WorkerLostException>(pool.RunAsync(Deaths.Die, "exit at once", Cancelled));
        Assert.NotSame(first, second);
        Assert.NotEqual(first.ProcessId, second.ProcessId);
    }

    [Fact]
    public async Task Pool_survives_more_deaths_than_break_a_pool_whose_workers_do_not_come_to_life()
    {
        await using var pool = new ProcessPool(workers: 1);
        for (int i = 0; i < 8; i++)
            await FailureAsync<WorkerLostException>(pool.RunAsync(Deaths.Die, "exit at once", Cancelled));
        Assert.Equal(8, pool.Completed);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Exception_leaves_the_worker_alone()
    {
        await using var pool = new ProcessPool(workers: 1);
        var worker = await WorkerOfAsync(pool);
        var error = await FailureAsync<RemoteException>(pool.RunAsync(static () => throw new InvalidDataException("no music"), Cancelled));
        Assert.Equal((worker.Id, "no music"), (error.ProcessId, error.Message));
        Assert.Equal(worker, await WorkerOfAsync(pool));
    }

    [Fact]
    public async Task Task_that_waits_when_a_worker_dies_does_not_wait_for_the_next_to_start()
    {
        await using var pool = new ProcessPool(workers: 1);
        var (busy, worker, _) = await BusyAsync(pool);
        await Until.TrueAsync(() => pool.WorkersAlive == 2);
        int spare = Assert.Single(pool.WorkerIds, id => id != worker.Id);
        var waiting = pool.RunAsync(static () => Environment.ProcessId, Cancelled);
        Kill(worker.Id);
        await FailureAsync<WorkerLostException>(busy);
        Assert.Equal(spare, await Soon(waiting));
    }

    [Fact]
    public async Task Tasks_queued_behind_one_that_dies_run_elsewhere()
    {
        await using var pool = new ProcessPool(workers: 1);
        var (first, worker, gate) = await BusyAsync(pool);
        var dying = pool.RunAsync(Deaths.Die, "SIGKILL", Cancelled);
        var queued = Enumerable.Range(0, 100).Select(i => pool.RunAsync(static x => (Answer: x, Environment.ProcessId), i, Cancelled)).ToArray();
        gate.Open();
        Assert.Equal(worker.Id, await Soon(first));
        await FailureAsync<WorkerLostException>(dying);
        var answers = await Soon(Task.WhenAll(queued));
        Assert.Equal(Enumerable.Range(0, 100), answers.Select(static answer => answer.Answer));
        Assert.DoesNotContain(worker.Id, answers.Select(static answer => answer.ProcessId));
    }
}
