using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>
/// Values whose own code fails, exits, crashes or hangs while they are written or read, on either side: only their task is hurt.
/// </summary>
[Collection(nameof(Alone))]
public sealed class FailingValueTests : PoolTest
{
    [Fact]
    public async Task Argument_that_throws_while_it_is_written_fails_its_own_call_with_what_it_threw()
    {
        await using var pool = new ProcessPool(workers: 1);
        var before = pool.RunAsync(static x => x, 1, Cancelled);
        var refusal = await Assert.ThrowsAsync<TargetNotSupportedException>(async () =>
            await Soon(pool.RunAsync(static grumpy => grumpy.GetHashCode(), new GrumpyWhenWritten("throw"), Cancelled)));
        Assert.IsType<InvalidTimeZoneException>(refusal.InnerException);
        Assert.Equal((int[])[1, 2], await Soon(Task.WhenAll(before, pool.RunAsync(static x => x, 2, Cancelled))));
        Assert.Equal(0, pool.Pending);
    }

    [Fact]
    public async Task Item_that_throws_while_it_is_written_fails_its_map_alone()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, ChunkSize = 2 });
        object[] items = [1, 2, 3, new GrumpyWhenWritten("throw"), 5];
        var refusal = await Assert.ThrowsAsync<TargetNotSupportedException>(() => Soon(pool.MapAsync(items, static item => item is int, Cancelled)));
        Assert.IsType<InvalidTimeZoneException>(refusal.InnerException);
        Assert.Equal(0, pool.Pending);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Argument_that_cannot_travel_fails_its_own_call()
    {
        await using var pool = new ProcessPool(workers: 1);
        var error = await Assert.ThrowsAsync<TargetNotSupportedException>(async () => await Soon(pool.RunAsync(static thread => thread.Name, Thread.CurrentThread, Cancelled)));
        Assert.Contains("Thread", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, pool.Pending);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Argument_that_throws_while_the_worker_reads_it_fails_its_task_with_the_workers_trace()
    {
        await using var pool = new ProcessPool(workers: 1);
        var worker = await WorkerOfAsync(pool);
        var error = await FailureAsync<RemoteException>(pool.RunAsync(static map => map.Count, GrumpyComparer.UnreadableElsewhere("throw"), Cancelled));
        Assert.Contains("as the test wants it", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(GrumpyComparer), error.ToString(), StringComparison.Ordinal);
        Assert.Equal(worker, await WorkerOfAsync(pool));
    }

    [Theory]
    [InlineData("exit", 5)]
    [InlineData("crash", -Constants.SIGKILL)]
    public async Task Argument_that_ends_the_worker_that_reads_it_loses_its_own_task(string deed, int exitCode)
    {
        await using var pool = new ProcessPool(workers: 1);
        var grumpy = pool.RunAsync(static map => map.Count, GrumpyComparer.UnreadableElsewhere(deed), Cancelled);
        var behind = pool.RunAsync(static x => x, 42, Cancelled);
        Assert.Equal(exitCode, (await FailureAsync<WorkerLostException>(grumpy)).ExitCode);
        Assert.Equal(42, await Soon(behind));
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Argument_that_hangs_while_the_worker_reads_it_meets_the_time_limit()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TaskTimeout = Limit, TerminationGrace = Grace });
        await FailureAsync<TaskTimeoutException>(pool.RunAsync(static map => map.Count, GrumpyComparer.UnreadableElsewhere("hang"), Cancelled));
        Assert.Equal(42, await Soon(pool.RunAsync(static x => x + 1, 41, Cancelled)));
    }

    [Theory]
    [InlineData("throw")]
    [InlineData("exit")]
    [InlineData("crash")]
    public async Task Item_that_cannot_be_read_fails_alone_in_its_chunk(string deed)
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, ChunkSize = 6 });
        object[] items = [0, 1, GrumpyComparer.UnreadableElsewhere(deed), 3, 4, 5];
        var results = new List<object>();
        var error = await Assert.ThrowsAnyAsync<MultitaskingException>(async () =>
        {
            await foreach (object result in pool.MapAsCompletedAsync(items, static item => item, Cancelled))
                results.Add(result);
        });
        Assert.Equal(deed == "throw" ? typeof(RemoteException) : typeof(WorkerLostException), error.GetType());
        Assert.Equal(2, error.ItemIndex);
        Assert.Equal([0, 1, 3, 4, 5], results.Cast<int>().Order());
    }

    [Fact]
    public async Task Captured_variable_that_ends_the_worker_that_reads_it_loses_its_own_task()
    {
        await using var pool = new ProcessPool(workers: 1);
        var grumpy = GrumpyComparer.UnreadableElsewhere("exit");
        Assert.Equal(5, (await FailureAsync<WorkerLostException>(pool.RunAsync(() => grumpy.Count, Cancelled))).ExitCode);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Result_that_cannot_travel_fails_its_task_and_leaves_the_worker_alone()
    {
        await using var pool = new ProcessPool(workers: 1);
        var worker = await WorkerOfAsync(pool);
        var error = await FailureAsync<RemoteException>(pool.RunAsync<object>(static () => Thread.CurrentThread, Cancelled));
        Assert.Equal(typeof(TargetNotSupportedException).FullName, error.TypeName);
        Assert.Contains("the result", error.Message, StringComparison.Ordinal);
        Assert.Equal(worker, await WorkerOfAsync(pool));
    }

    [Fact]
    public async Task Result_that_throws_while_it_is_written_fails_its_task_and_leaves_the_worker_alone()
    {
        await using var pool = new ProcessPool(workers: 1);
        var worker = await WorkerOfAsync(pool);
        var error = await FailureAsync<RemoteException>(pool.RunAsync(static () => new GrumpyWhenWritten("throw"), Cancelled));
        Assert.Equal(typeof(TargetNotSupportedException).FullName, error.TypeName);
        Assert.Contains("as the test wants it", error.Message, StringComparison.Ordinal);
        Assert.Equal(worker, await WorkerOfAsync(pool));
    }

    [Theory]
    [InlineData("exit", 5)]
    [InlineData("crash", -Constants.SIGKILL)]
    public async Task Result_that_ends_its_worker_while_it_is_written_loses_its_task(string deed, int exitCode)
    {
        await using var pool = new ProcessPool(workers: 1);
        Assert.Equal(exitCode, (await FailureAsync<WorkerLostException>(pool.RunAsync(static deed => new GrumpyWhenWritten(deed), deed, Cancelled))).ExitCode);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Result_that_throws_while_this_process_reads_it_fails_its_task_alone()
    {
        await using var pool = new ProcessPool(workers: 1);
        var before = pool.RunAsync(static x => x, 1, Cancelled);
        var grumpy = pool.RunAsync(GrumpyComparer.UnreadableIn, Environment.ProcessId, "throw", Cancelled);
        var behind = pool.RunAsync(static x => x, 2, Cancelled);
        var error = await Assert.ThrowsAnyAsync<Exception>(() => Soon(grumpy));
        Assert.Contains("as the test wants it", error.ToString(), StringComparison.Ordinal);
        Assert.Equal((int[])[1, 2], await Soon(Task.WhenAll(before, behind)));
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Result_that_throws_while_this_process_reads_it_fails_its_item_alone()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, ChunkSize = 4 });
        var results = new List<int>();
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (var result in pool.MapAsCompletedAsync([0, 1, 2, 3], UnreadableAt(1, Environment.ProcessId), Cancelled))
                results.Add(result[0]);
        });
        Assert.Equal([0, 2, 3], results.Order());
        await WorksAsync(pool);
    }

    // Made here, lest the target capture more than it needs.
    private static Func<int, Dictionary<int, int>> UnreadableAt(int item, int process) =>
        i => i == item ? GrumpyComparer.UnreadableIn(process, "throw") : new Dictionary<int, int> { [0] = i };
}
