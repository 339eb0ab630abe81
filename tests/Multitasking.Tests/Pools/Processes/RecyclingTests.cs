using System.Runtime.InteropServices;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>Workers are replaced after a number of tasks, or when they hold too much memory, and nobody is held up or lost.</summary>
[Collection(nameof(Alone))]
public sealed class RecyclingTests : PoolTest
{
    private static readonly List<nint> s_leaked = [];

    [Fact]
    public async Task Worker_is_replaced_after_its_number_of_tasks()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, MaxTasksPerWorker = 3 });
        var ids = new List<int>();
        for (int i = 0; i < 10; i++)
            ids.Add(await pool.RunAsync(static () => Environment.ProcessId, Cancelled));
        Assert.Equal((int[])[3, 3, 3, 1], Runs(ids));
    }

    [Fact]
    public async Task Worker_is_replaced_after_its_number_of_tasks_when_many_wait()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, MaxTasksPerWorker = 10 });
        int[] ids = await Soon(Task.WhenAll(Enumerable.Range(0, 100).Select(_ => pool.RunAsync(static () => Environment.ProcessId, Cancelled))));
        Assert.Equal(Enumerable.Repeat(10, 10), Runs(ids));
    }

    [Fact]
    public async Task No_task_is_stranded_when_all_workers_are_replaced_all_the_time()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, MaxTasksPerWorker = 1 });
        int[] ids = await Soon(Task.WhenAll(Enumerable.Range(0, 20).Select(_ => pool.RunAsync(static () => Environment.ProcessId, Cancelled))));
        Assert.Equal(20, ids.Distinct().Count());
    }

    [Fact]
    public async Task Items_of_a_map_count_as_tasks_one_each()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, MaxTasksPerWorker = 4, ChunkSize = 10 });
        int[] ids = await Soon(pool.MapAsync(Enumerable.Range(0, 20), static _ => Environment.ProcessId, Cancelled));
        Assert.Equal(Enumerable.Repeat(4, 5), Runs(ids));
    }

    [Fact]
    public async Task Failed_tasks_count()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, MaxTasksPerWorker = 2 });
        int[] ids = new int[6];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = (await FailureAsync<RemoteException>(pool.RunAsync(static () => throw new InvalidDataException("no music"), Cancelled))).ProcessId;
        Assert.Equal((int[])[2, 2, 2], Runs(ids));
    }

    [Fact]
    public async Task Backlog_is_worked_off_by_ever_new_workers_when_the_pool_is_disposed()
    {
        Task<int>[] tasks;
        var pool = new ProcessPool(new PoolOptions { Workers = 2, MaxTasksPerWorker = 5 });
        tasks = [.. Enumerable.Range(0, 60).Select(i => pool.RunAsync(static x => x, i, Cancelled))];
        await Soon(pool.DisposeAsync().AsTask());
        Assert.Equal(Enumerable.Range(0, 60), await Soon(Task.WhenAll(tasks)));
    }

    [Fact]
    public async Task Task_that_dies_as_the_last_of_its_worker_strands_nobody()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, MaxTasksPerWorker = 2 });
        var outcomes = Enumerable.Range(0, 12).Select(i => pool.RunAsync(DieIfOdd, i, Cancelled)).ToArray();
        for (int i = 0; i < outcomes.Length; i++)
            Assert.Equal(i % 2 == 1, await OutcomeAsync(outcomes[i]) is WorkerLostException { ExitCode: 7 });
    }

    [Fact]
    public async Task Worker_that_holds_too_much_memory_is_replaced_between_tasks_and_no_task_fails()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, MaxWorkerMemory = 250L << 20 });
        int[] ids = new int[9];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = await Soon(pool.RunAsync(LeakFiftyMegabytes, Cancelled));
        int[] runs = Runs(ids);
        // Below 60 MB at its beginning, so it takes four to five.
        Assert.InRange(runs.Length, 2, 3);
        Assert.All(runs, static run => Assert.InRange(run, 1, 5));
    }

    [Fact]
    public async Task Worker_that_holds_little_memory_is_kept()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, MaxWorkerMemory = 1L << 30 });
        var worker = await WorkerOfAsync(pool);
        for (int i = 0; i < 20; i++)
            Assert.Equal(worker, await WorkerOfAsync(pool));
    }

    [Fact]
    public async Task Worker_without_work_ends_after_the_idle_time_and_another_comes_for_the_next_task()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, IdleTimeout = TimeSpan.FromMilliseconds(100) });
        var worker = await WorkerOfAsync(pool);
        await EndOfAsync(worker);
        await Until.TrueAsync(() => pool.WorkersAlive == 0);
        Assert.NotEqual(worker, await WorkerOfAsync(pool));
    }

    [Fact]
    public async Task Tasks_that_come_just_as_workers_end_for_lack_of_work_are_all_answered()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, IdleTimeout = TimeSpan.FromMilliseconds(20) });
        for (int i = 0; i < Rounds.Of(30, least: 10); i++)
        {
            Assert.Equal(i, await Soon(pool.RunAsync(static x => x, i, Cancelled)));
            await Task.Delay(15 + (i % 10), Cancelled);
        }
    }

    [Fact]
    public async Task Spare_worker_is_not_replaced_all_the_time_while_another_works()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, IdleTimeout = TimeSpan.FromMilliseconds(50), TerminationGrace = Grace });
        var (busy, worker, gate) = await BusyAsync(pool);
        var seen = new HashSet<int>();
        for (int i = 0; i < 40; i++)
        {
            seen.UnionWith(pool.WorkerIds);
            await Task.Delay(25, Cancelled);
        }
        Assert.InRange(seen.Count, 1, 2);
        gate.Open();
        Assert.Equal(worker.Id, await Soon(busy));
        await Until.TrueAsync(() => pool.WorkersAlive == 0);
    }

    /// <summary>The lengths of the stretches of equal values.</summary>
    private static int[] Runs(IReadOnlyList<int> ids)
    {
        var lengths = new List<int>();
        for (int i = 0; i < ids.Count; i++)
            if (i > 0 && ids[i] == ids[i - 1])
                lengths[^1]++;
            else
                lengths.Add(1);
        return [.. lengths];
    }

    private static int DieIfOdd(int number)
    {
        if (number % 2 == 1)
            _ = Deaths.Die("exit at once");
        return number;
    }

    private static unsafe int LeakFiftyMegabytes()
    {
        const int Size = 50 << 20;
        void* memory = NativeMemory.Alloc(Size);
        new Span<byte>(memory, Size).Fill(1);
        s_leaked.Add((nint)memory);
        return Environment.ProcessId;
    }
}
