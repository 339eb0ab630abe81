using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>Tasks have pools of their own, but not without end.</summary>
[Collection(nameof(Alone))]
public sealed class NestingTests : PoolTest
{
    [Fact]
    public async Task Pools_in_pools_work_three_deep()
    {
        await using var pool = new ProcessPool(workers: 1);
        int[] ids = await Soon(pool.RunAsync(DescendAsync, 3, Cancelled));
        Assert.Equal(4, ids.Distinct().Count());
    }

    [Fact]
    public async Task Pools_in_pools_without_end_are_refused_after_ten()
    {
        await using var pool = new ProcessPool(workers: 1);
        var (depth, error) = await Soon(pool.RunAsync(DescendUntilRefusedAsync, 1, Cancelled));
        Assert.Equal(10, depth);
        Assert.StartsWith(typeof(InvalidOperationException).FullName, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Task_uses_the_shared_pool_of_its_own_process()
    {
        await using var pool = new ProcessPool(workers: 1);
        var (task, worker) = await Soon(pool.RunAsync(
            static async () => (Environment.ProcessId, await ProcessPool.Shared.RunAsync(static () => Environment.ProcessId)), Cancelled));
        Assert.NotEqual(task, worker);
    }

    [Fact]
    public async Task Workers_of_a_nested_pool_end_with_the_worker_that_made_it()
    {
        await using var pool = new ProcessPool(workers: 1);
        var (nested, worker) = await Soon(pool.RunAsync(static async () => (await LeaveAPoolAsync(), Environment.ProcessId), Cancelled));
        var process = ProcessIdentity.Of(nested);
        Kill(worker);
        await EndOfAsync(process);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Child_processes_that_a_task_left_running_end_with_their_worker()
    {
        int id;
        await using (var pool = new ProcessPool(workers: 1))
            id = await Soon(pool.RunAsync(LeaveAChild, Cancelled));
        await Until.TrueAsync(() => ProcessIdentity.Find(id) is not { IsAlive: true });
    }

    [Fact]
    public async Task Children_of_a_pool_are_its_workers_and_one_more_at_most_and_have_none()
    {
        await using var parent = OtherParent.Start("pool-counts-processes");
        Assert.Equal(0, await parent.ExitAsync());
        Assert.Matches("^at most [23] children, they have 0$", (await parent.OutputAsync())[^1]);
    }

    private static async Task<int[]> DescendAsync(int left)
    {
        if (left == 0)
            return [Environment.ProcessId];
        await using var pool = new ProcessPool(workers: 1);
        return [Environment.ProcessId, .. await pool.RunAsync(DescendAsync, left - 1)];
    }

    private static async Task<(int Depth, string Error)> DescendUntilRefusedAsync(int depth)
    {
        try
        {
            await using var pool = new ProcessPool(workers: 1);
            return depth > 20 ? (depth, "nobody refused") : await pool.RunAsync(DescendUntilRefusedAsync, depth + 1);
        }
        catch (InvalidOperationException exception)
        {
            return (depth, exception.ToString());
        }
    }

    private static async Task<int> LeaveAPoolAsync()
    {
        var pool = new ProcessPool(workers: 1);
        int id = await pool.RunAsync(static () => Environment.ProcessId);
        _ = pool.RunAsync(static () => Thread.Sleep(Timeout.Infinite));
        return id;
    }

    private static int LeaveAChild()
    {
        var child = new ChildProcess(static () => Thread.Sleep(Timeout.Infinite));
        child.Start();
        return child.Id!.Value;
    }
}
