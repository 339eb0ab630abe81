using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>Items that travel together do not die together: a lost worker takes the one that it was running, no other, and none runs twice.</summary>
[Collection(nameof(Alone))]
public sealed class ChunkLossTests : PoolTest
{
    private const int Items = 12;

    private string Log => FileNamed("log");

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(Items - 1)]
    public async Task Item_that_ends_its_worker_is_lost_alone(int deadly)
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, ChunkSize = Items });
        var (results, error) = await MapAsync(pool, Deadly([deadly], times: 1, Log));
        Assert.Equal((deadly, 7), (error.ItemIndex, error.ExitCode));
        Assert.Equal(Enumerable.Range(0, Items).Where(i => i != deadly), results.Order());
        Assert.Equal(Enumerable.Repeat(1, Items), Runs());
    }

    [Fact]
    public async Task Item_whose_result_has_no_fixed_size_is_lost_alone()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, ChunkSize = Items });
        var (results, error) = await MapAsync(pool, DeadlyText(5, Log));
        Assert.Equal(5, error.ItemIndex);
        Assert.Equal(Enumerable.Range(0, Items).Where(static i => i != 5).Select(static i => $"item {i}").Order(), results.Order());
        Assert.Equal(Enumerable.Repeat(1, Items), Runs());
    }

    [Fact]
    public async Task Several_items_that_end_their_workers_are_lost_alone_and_the_first_of_them_is_told()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, ChunkSize = Items });
        var (results, error) = await MapAsync(pool, Deadly([2, 3, 9], times: 1, Log));
        Assert.Equal(2, error.ItemIndex);
        Assert.Equal((int[])[0, 1, 4, 5, 6, 7, 8, 10, 11], results.Order());
        Assert.Equal(Enumerable.Repeat(1, Items), Runs());
    }

    [Fact]
    public async Task Results_in_order_before_a_lost_item_are_given_before_its_failure()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, ChunkSize = 4 });
        var target = Deadly([6], times: 1, Log);
        var results = new List<int>();
        var error = await Assert.ThrowsAsync<WorkerLostException>(async () =>
        {
            await foreach (int result in pool.MapStreamAsync(Enumerable.Range(0, Items), target, Cancelled))
                results.Add(result);
        });
        Assert.Equal(6, error.ItemIndex);
        Assert.Equal(Enumerable.Range(0, 6), results);
    }

    [Fact]
    public async Task Exception_in_a_chunk_tells_its_item()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, ChunkSize = 50 });
        var error = await FailureAsync<RemoteException>(pool.MapAsync(
            Enumerable.Range(0, 200), static i => i == 123 ? throw new InvalidDataException("no music") : i, Cancelled));
        Assert.Equal(123, error.ItemIndex);
    }

    [Fact]
    public async Task Retried_item_that_lives_the_second_time_is_answered_and_the_others_ran_once()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, ChunkSize = Items, Retries = 1 });
        int[] results = await Soon(pool.MapAsync(Enumerable.Range(0, Items), Deadly([2, 7], times: 1, Log), Cancelled));
        Assert.Equal(Enumerable.Range(0, Items), results);
        Assert.Equal(Enumerable.Range(0, Items).Select(static i => i is 2 or 7 ? 2 : 1), Runs());
    }

    [Fact]
    public async Task Retried_item_that_never_lives_is_lost_after_exactly_that_many_runs()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, ChunkSize = Items, Retries = 2 });
        var (results, error) = await MapAsync(pool, Deadly([4], times: 100, Log));
        Assert.Equal(4, error.ItemIndex);
        Assert.Equal(Items - 1, results.Count);
        Assert.Equal(Enumerable.Range(0, Items).Select(static i => i == 4 ? 3 : 1), Runs());
    }

    [Fact]
    public async Task Retried_task_runs_exactly_that_many_times_and_is_lost()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, Retries = 3 });
        var error = await FailureAsync<WorkerLostException>(pool.RunAsync(NoteAndDie, Log, Cancelled));
        Assert.Equal(7, error.ExitCode);
        Assert.Null(error.ItemIndex);
        Assert.Equal(4, RunLog.All(Log).Length);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Exceptions_and_time_limits_are_not_retried()
    {
        await using var patient = new ProcessPool(new PoolOptions { Workers = 1, Retries = 3 });
        await FailureAsync<RemoteException>(patient.RunAsync(NoteAndThrow, Log, Cancelled));
        Assert.Single(RunLog.All(Log));
        await using var limited = new ProcessPool(new PoolOptions { Workers = 1, Retries = 3, TaskTimeout = Limit, TerminationGrace = Grace });
        await FailureAsync<TaskTimeoutException>(limited.RunAsync(NoteAndSleep, Log, Cancelled));
        // On a busy machine the limit may come before the note.
        Assert.InRange(RunLog.All(Log).Length, 1, 2);
    }

    [Fact]
    public async Task Many_deadly_items_among_many_lose_and_repeat_nothing_else()
    {
        int many = Rounds.Of(400, least: 120);
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, Retries = 1 });
        int[] deadly = [.. Enumerable.Range(0, many).Where(static i => i % 40 == 17)];
        int[] results = await Soon(pool.MapAsync(Enumerable.Range(0, many), Deadly(deadly, times: 1, Log), Cancelled));
        Assert.Equal(Enumerable.Range(0, many), results);
        Assert.Equal(Enumerable.Range(0, many).Select(i => deadly.Contains(i) ? 2 : 1), Runs(many));
    }

    /// <summary>How often each item began to run.</summary>
    private int[] Runs(int items = Items)
    {
        int[] counts = new int[items];
        foreach (string line in RunLog.All(Log))
            counts[int.Parse(line, System.Globalization.CultureInfo.InvariantCulture)]++;
        return counts;
    }

    private static async Task<(List<TResult> Results, WorkerLostException Error)> MapAsync<TResult>(ProcessPool pool, Func<int, TResult> target)
    {
        var results = new List<TResult>();
        var error = await Assert.ThrowsAsync<WorkerLostException>(async () =>
        {
            await foreach (var result in pool.MapAsCompletedAsync(Enumerable.Range(0, Items), target, Cancelled))
                results.Add(result);
        });
        return (results, error);
    }

    // Made here, lest the target capture more than it needs.
    private static Func<int, int> Deadly(int[] items, int times, string log) => item =>
    {
        RunLog.Note(log, item);
        if (items.Contains(item) && RunLog.Count(log, item) <= times)
            _ = Deaths.Die("exit at once");
        return item;
    };

    private static Func<int, string> DeadlyText(int deadly, string log) => item =>
    {
        RunLog.Note(log, item);
        return item == deadly ? $"{Deaths.Die("exit at once")}" : $"item {item}";
    };

    private static void NoteAndDie(string log)
    {
        RunLog.Note(log, "begun");
        _ = Deaths.Die("exit at once");
    }

    private static void NoteAndThrow(string log)
    {
        RunLog.Note(log, "begun");
        throw new InvalidDataException("no music");
    }

    private static void NoteAndSleep(string log)
    {
        RunLog.Note(log, "begun");
        Thread.Sleep(Timeout.Infinite);
    }
}
