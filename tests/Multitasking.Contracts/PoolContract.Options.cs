using Xunit;

namespace Multitasking.Contracts;

// What the options make of workers: how many tasks each runs, how it begins, when it ends.
public abstract partial class PoolContract
{
    [Fact(Timeout = Limit)]
    public async Task Default_names_count_up()
    {
        await using WorkerPool one = Create(new PoolOptions()), two = Create(new PoolOptions());
        Assert.Equal(NumberOf(one) + 1, NumberOf(two));

        static int NumberOf(WorkerPool pool)
        {
            Assert.StartsWith("pool-", pool.Name, StringComparison.Ordinal);
            return int.Parse(pool.Name["pool-".Length..], System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Idle_worker_is_used_again()
    {
        Needs.Engine(RunsElsewhere, "it has no workers");
        await using var pool = CreateWith(4);
        var workers = new HashSet<string>();
        for (int i = 0; i < 50; i++)
            workers.Add(await pool.RunAsync(PoolTargets.Worker, Cancelled));
        Assert.Single(workers);
    }

    [Fact(Timeout = Limit)]
    public async Task Worker_is_replaced_after_its_number_of_tasks()
    {
        Needs.Engine(RunsElsewhere, "it has no workers");
        await using var pool = Create(new PoolOptions { Workers = 1, MaxTasksPerWorker = 3 });
        var workers = new List<string>();
        for (int i = 0; i < 10; i++)
            workers.Add(await pool.RunAsync(PoolTargets.Worker, Cancelled));
        Assert.Equal([3, 3, 3, 1], workers.CountBy(static worker => worker).Select(static entry => entry.Value));
    }

    [Fact(Timeout = Limit)]
    public async Task Worker_that_is_replaced_leaves_no_task_behind()
    {
        Needs.Engine(RunsElsewhere, "it has no workers");
        var pool = Create(new PoolOptions { Workers = 2, MaxTasksPerWorker = 3 });
        var tasks = Enumerable.Range(0, 100).Select(_ => pool.RunAsync(PoolTargets.Worker, Cancelled)).ToArray();
        await pool.DisposeAsync();
        Assert.All(tasks.CountBy(static task => task.Result), static entry => Assert.InRange(entry.Value, 1, 3));
    }

    [Fact(Timeout = Limit)]
    public async Task Items_count_as_tasks_of_their_worker()
    {
        Needs.Engine(RunsElsewhere, "it has no workers");
        await using var pool = Create(new PoolOptions { Workers = 1, MaxTasksPerWorker = 3, ChunkSize = 10 });
        // An array: of a sequence that is slow to read, a chunk takes what is there, and a worker with less left than the next chunk holds is replaced early.
        int[] items = [.. Enumerable.Range(0, 30)];
        string[] workers = await pool.MapAsync(items, PoolTargets.WorkerOf, Cancelled);
        Assert.All(workers.CountBy(static worker => worker), static entry => Assert.Equal(3, entry.Value));
    }

    [Fact(Timeout = Limit)]
    public async Task Worker_without_work_ends_and_another_comes_when_there_is()
    {
        Needs.Engine(RunsElsewhere, "it has no workers");
        await using var pool = Create(new PoolOptions { Workers = 2, IdleTimeout = TimeSpan.FromMilliseconds(30) });
        await pool.MapAsync(Enumerable.Range(0, 20), PoolTargets.Square, Cancelled);
        await Until.TrueAsync(() => pool.WorkersAlive == 0);
        Assert.Equal(4, await pool.RunAsync(PoolTargets.Square, 2, Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task Worker_that_ends_for_want_of_work_and_the_next_task_do_not_miss_each_other()
    {
        await using var pool = Create(new PoolOptions { Workers = 4, IdleTimeout = TimeSpan.FromMilliseconds(1) });
        var callers = Enumerable.Range(0, 6).Select(seed => Task.Factory.StartNew(
            () =>
            {
                var random = new Random(seed);
                for (int i = 0; i < EndRaces / 4; i++)
                {
                    Assert.True(pool.RunAsync(PoolTargets.Square, 3, Cancelled).Wait(Until.Limit));
                    // About as long as a worker waits, and asleep, so that the others run at the moments that count.
                    Thread.Sleep(random.Next(3));
                }
            },
            Cancelled,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));
        await Task.WhenAll(callers);
    }

    [Fact(Timeout = Limit)]
    public async Task Initializer_runs_once_in_each_worker_before_its_first_task()
    {
        string file = FileNamed("initialized");
        string[] workers;
        await using (var pool = Create(new PoolOptions { Workers = 2, Initializer = () => PoolTargets.Note(file, PoolTargets.Worker()) }))
        {
            workers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => pool.RunAsync(PoolTargets.SlowWorker, Cancelled)));
        }
        string[] initialized = await File.ReadAllLinesAsync(file, Cancelled);
        if (RunsElsewhere)
        {
            Assert.Equal(initialized.Distinct(), initialized);
            Assert.Subset(initialized.ToHashSet(), workers.ToHashSet());
        }
        else
            Assert.Single(initialized);
    }

    [Fact(Timeout = Limit)]
    public async Task Initializer_that_fails_three_times_breaks_the_pool()
    {
        string file = FileNamed("initialized");
        var pool = Create(new PoolOptions { Workers = 1, Name = "hapless", Initializer = () => NoteAndFail(file, int.MaxValue) });
        var tasks = Enumerable.Range(0, 5).Select(i => pool.RunAsync(PoolTargets.Square, i, Cancelled)).ToArray();
        var errors = new List<PoolBrokenException>();
        foreach (var task in tasks)
            errors.Add(await Assert.ThrowsAsync<PoolBrokenException>(() => task.WaitAsync(Until.Limit, Cancelled)));
        errors.Add(await Assert.ThrowsAsync<PoolBrokenException>(() => pool.RunAsync(PoolTargets.Square, 1, Cancelled)));
        errors.Add(await Assert.ThrowsAsync<PoolBrokenException>(() => pool.MapAsync([1], PoolTargets.Square, Cancelled)));
        Assert.Equal(7, errors.Distinct().Count());
        Assert.All(
            errors,
            static error =>
            {
                Assert.Equal("hapless", error.PoolName);
                Assert.Contains("no luck", error.Message, StringComparison.Ordinal);
                Assert.IsType<InvalidOperationException>(Assert.IsType<RemoteException>(error.InnerException).InnerException);
            });
        Assert.Equal(3, (await File.ReadAllLinesAsync(file, Cancelled)).Length);
        await pool.DisposeAsync().AsTask().WaitAsync(Until.Limit, Cancelled);
        Assert.Equal(0, pool.WorkersAlive);
    }

    [Fact(Timeout = Limit)]
    public async Task Initializer_that_fails_at_many_workers_at_once_breaks_the_pool()
    {
        await using var pool = Create(new PoolOptions { Workers = 4, Initializer = static () => throw new InvalidOperationException("no luck") });
        var tasks = Enumerable.Range(0, 20).Select(i => pool.RunAsync(PoolTargets.Square, i, Cancelled)).ToArray();
        foreach (var task in tasks)
            await Assert.ThrowsAsync<PoolBrokenException>(() => task.WaitAsync(Until.Limit, Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task Initializer_that_fails_twice_may_succeed_the_third_time()
    {
        string file = FileNamed("initialized");
        await using var pool = Create(new PoolOptions { Workers = 1, Initializer = () => NoteAndFail(file, 2) });
        Assert.Equal(9, await pool.RunAsync(PoolTargets.Square, 3, Cancelled).WaitAsync(Until.Limit, Cancelled));
        Assert.Equal(3, (await File.ReadAllLinesAsync(file, Cancelled)).Length);
    }

    /// <summary>Fails a number of times.</summary>
    internal static void NoteAndFail(string file, int times)
    {
        PoolTargets.Note(file, "begun");
        if (File.ReadAllLines(file).Length <= times)
            throw new InvalidOperationException("no luck");
    }
}
