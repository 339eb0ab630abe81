using System.Diagnostics;
using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>Cancellation drops what waits, asks what runs, and ends the process of what does not give way.</summary>
[Collection(nameof(Alone))]
public sealed class CancellationTests : PoolTest
{
    [Fact]
    public async Task Task_that_is_cancelled_while_it_waits_never_begins()
    {
        await using var pool = new ProcessPool(workers: 1);
        using var source = new CancellationTokenSource();
        var (busy, worker, gate) = await BusyAsync(pool);
        string file = FileNamed("begun");
        var waiting = pool.RunAsync(static file => File.WriteAllText(file, ""), file, source.Token);
        await source.CancelAsync();
        await FailureAsync<OperationCanceledException>(waiting);
        gate.Open();
        Assert.Equal(worker.Id, await Soon(busy));
        Assert.Equal(worker, await WorkerOfAsync(pool));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Task_that_gives_way_to_its_token_leaves_its_worker_alive()
    {
        await using var pool = new ProcessPool(workers: 1);
        using var source = new CancellationTokenSource();
        string file = FileNamed("id");
        var task = pool.RunAsync(WaitForTheTokenAsync, file, CancellationToken.None, source.Token);
        int id = await ReadIdAsync(file);
        await source.CancelAsync();
        await FailureAsync<OperationCanceledException>(task);
        Assert.Equal(id, (await WorkerOfAsync(pool)).Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Task_that_does_not_give_way_is_ended_with_its_process(bool ignoresSigterm)
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TerminationGrace = Grace });
        using var source = new CancellationTokenSource();
        string file = FileNamed("id");
        var task = pool.RunAsync(Sleep, file, ignoresSigterm, source.Token);
        var worker = ProcessIdentity.Of(await ReadIdAsync(file));
        await source.CancelAsync();
        await FailureAsync<OperationCanceledException>(task);
        await EndOfAsync(worker);
        Assert.NotEqual(worker, await WorkerOfAsync(pool));
    }

    [Fact]
    public async Task Cancelled_task_takes_nobody_with_it_who_waits_behind_it()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TerminationGrace = Grace });
        using var source = new CancellationTokenSource();
        string file = FileNamed("id");
        var task = pool.RunAsync(Sleep, file, false, source.Token);
        var behind = Enumerable.Range(0, 50).Select(i => pool.RunAsync(static x => x, i, Cancelled)).ToArray();
        await ReadIdAsync(file);
        await source.CancelAsync();
        await FailureAsync<OperationCanceledException>(task);
        Assert.Equal(Enumerable.Range(0, 50), await Soon(Task.WhenAll(behind)));
    }

    [Fact]
    public async Task Cancelled_map_ends_its_running_items_and_never_begins_the_others()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, ChunkSize = 4, TerminationGrace = Grace });
        using var source = new CancellationTokenSource();
        string folder = Directory.CreateDirectory(FileNamed("begun")).FullName;
        var map = pool.ForEachAsync(Enumerable.Range(0, 100), NotingIn(folder), source.Token);
        await Until.TrueAsync(() => Directory.GetFiles(folder).Length == 2);
        await source.CancelAsync();
        await FailureAsync<OperationCanceledException>(map);
        await Until.TrueAsync(() => pool.Pending == 0);
        Assert.Equal(2, Directory.GetFiles(folder).Length);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Enumeration_that_is_given_up_ends_what_is_under_way()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, ChunkSize = 1, TerminationGrace = Grace });
        await foreach (int _ in pool.MapAsCompletedAsync(Endless(), static i => SleepUnlessFirst(i), Cancelled))
            break;
        await Until.TrueAsync(() => pool.Pending == 0);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Tasks_cancelled_about_the_time_they_end_end_one_way_or_the_other()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, TerminationGrace = Grace });
        await WorksAsync(pool);
        var random = new Random(1);
        int cancelled = 0;
        for (int i = 0; i < 800; i++)
        {
            using var source = new CancellationTokenSource();
            var task = pool.RunAsync(SpinMicroseconds, 50, i, source.Token);
            SpinMicroseconds(random.Next(100), 0);
            await source.CancelAsync();
            var outcome = await OutcomeAsync(task);
            Assert.True(outcome is null or OperationCanceledException, $"{i}: {outcome}");
            cancelled += outcome is null ? 0 : 1;
            if (outcome is null)
                Assert.Equal(i, await task);
        }
        Assert.InRange(cancelled, 0, 800);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Neighbours_of_cancelled_tasks_all_get_their_answers()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, TerminationGrace = Grace });
        using var source = new CancellationTokenSource();
        var kept = new List<Task<int>>();
        var dropped = new List<Task<int>>();
        for (int i = 0; i < 2000; i++)
            (i % 2 == 0 ? kept : dropped).Add(pool.RunAsync(SpinMicroseconds, 20, i, i % 2 == 0 ? Cancelled : source.Token));
        await source.CancelAsync();
        Assert.Equal(Enumerable.Range(0, 1000).Select(static i => i * 2), await Soon(Task.WhenAll(kept)));
        foreach (var task in dropped)
            Assert.True(await OutcomeAsync(task) is null or OperationCanceledException);
    }

    [Fact]
    public async Task Cancellation_of_a_task_that_ends_takes_nobody_with_it_who_was_queued_behind()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TerminationGrace = Grace });
        for (int i = 0; i < 300; i++)
            await Soon(pool.RunAsync(static x => x, i, Cancelled));
        var random = new Random(2);
        for (int i = 0; i < 150; i++)
        {
            using var source = new CancellationTokenSource();
            var task = pool.RunAsync(SpinMicroseconds, 300, i, source.Token);
            var behind = Enumerable.Range(0, 8).Select(n => pool.RunAsync(SpinMicroseconds, 100, n, Cancelled)).ToArray();
            SpinMicroseconds(random.Next(200), 0);
            await source.CancelAsync();
            Assert.True(await OutcomeAsync(task) is null or OperationCanceledException);
            Assert.Equal(Enumerable.Range(0, 8), await Soon(Task.WhenAll(behind)));
        }
    }

    private static async Task WaitForTheTokenAsync(string file, CancellationToken token)
    {
        WriteId(file);
        await Task.Delay(Timeout.Infinite, token);
    }

    private static void Sleep(string file, bool ignoresSigterm)
    {
        if (ignoresSigterm)
            _ = LibC.SetSignalDisposition(Constants.SIGTERM, Constants.SIG_IGN);
        WriteId(file);
        Thread.Sleep(Timeout.Infinite);
    }

    // Made here, lest the target capture more than it needs.
    private static Action<int> NotingIn(string folder) => item => NoteAndSleep(folder, item);

    private static void NoteAndSleep(string folder, int item)
    {
        File.WriteAllText(Path.Combine(folder, $"{item}"), "");
        Thread.Sleep(Timeout.Infinite);
    }

    private static int SleepUnlessFirst(int item)
    {
        if (item > 0)
            Thread.Sleep(Timeout.Infinite);
        return item;
    }

    private static int SpinMicroseconds(int microseconds, int answer)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < microseconds)
        {
        }
        return answer;
    }

    private static IEnumerable<int> Endless()
    {
        for (int i = 0; ; i++)
            yield return i;
    }
}
