using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>A task that damages what joins its worker to the pool hurts its own worker alone.</summary>
[Collection(nameof(Alone))]
public sealed class ScribblingTaskTests : PoolTest
{
    [Fact]
    public async Task Task_that_closes_all_descriptors_costs_its_worker_at_most()
    {
        await using var pool = new ProcessPool(workers: 2);
        await HurtsNobodyElseAsync(pool, pool.RunAsync(Scribbles.CloseAll, Cancelled));
    }

    [Fact]
    public async Task Task_that_closes_all_descriptors_and_goes_on_can_still_be_cancelled()
    {
        // Its link stays open all the same, while the worker's own thread listens on it.
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, TerminationGrace = Grace });
        await HurtsNobodyElseAsync(pool, pool.RunAsync(
            static () =>
            {
                Scribbles.CloseAll();
                Thread.Sleep(Timeout.Infinite);
            },
            patience.Token));
    }

    [Fact]
    public async Task Task_that_has_all_descriptors_block_and_takes_away_what_arrives_costs_its_worker_at_most()
    {
        // Not by a time limit, which would be the neighbour's too: that one waits until this one has ended.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, TerminationGrace = Grace });
        await HurtsNobodyElseAsync(pool, pool.RunAsync(Scribbles.BlockAndSteal, patience.Token));
    }

    [Fact]
    public async Task Time_limit_ends_a_task_that_has_all_descriptors_block_and_takes_away_what_arrives()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, TaskTimeout = TimeSpan.FromSeconds(1), TerminationGrace = Grace });
        await FailureAsync<TaskTimeoutException>(pool.RunAsync(Scribbles.BlockAndSteal, Cancelled));
    }

    [Fact]
    public async Task Task_that_puts_another_file_in_place_of_all_descriptors_costs_its_worker_at_most()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, TerminationGrace = Grace });
        await HurtsNobodyElseAsync(pool, pool.RunAsync(Scribbles.ReplaceAll, Cancelled));
    }

    [Fact]
    public async Task Task_that_writes_to_all_descriptors_costs_its_worker_at_most()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, TerminationGrace = Grace });
        await HurtsNobodyElseAsync(pool, pool.RunAsync(Scribbles.WriteToAll, Cancelled));
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x01)]
    [InlineData(0x7F)]
    [InlineData(0xFF)]
    [InlineData(-1)]
    public async Task Task_that_scribbles_over_the_shared_memory_costs_its_worker_at_most(int pattern)
    {
        // It may have wiped out its own answer, and then nothing but patience is left.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, TerminationGrace = Grace });
        await HurtsNobodyElseAsync(pool, pool.RunAsync(Scribbles.OverSharedMemory, pattern, patience.Token));
    }

    [Fact]
    public async Task Worker_that_scribbles_while_it_is_given_work_hurts_nobody_else()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, TaskTimeout = TimeSpan.FromSeconds(2), TerminationGrace = Grace });
        var tasks = Enumerable.Range(0, 200).Select(i => i % 20 == 7 ? pool.RunAsync(Scribbles.OverSharedMemory, -1, Cancelled) : pool.RunAsync(static x => $"{x}", i, Cancelled)).ToArray();
        foreach (var task in tasks)
            await OutcomeAsync(task);
        await WorksAsync(pool);
    }

    /// <summary>However the task itself fares: it ends, and the pool works.</summary>
    private async Task HurtsNobodyElseAsync(ProcessPool pool, Task task)
    {
        var (neighbour, worker, gate) = await BusyAsync(pool);
        await OutcomeAsync(task);
        gate.Open();
        Assert.Equal(worker.Id, await Soon(neighbour));
        await WorksAsync(pool);
    }
}
