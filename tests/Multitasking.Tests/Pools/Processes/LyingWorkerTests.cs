using System.Globalization;
using Multitasking.Invocation;
using Multitasking.Tests.Support;
using Multitasking.Transport;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>A worker that says, in the memory it shares with its pool or on its link, what is not so, costs no more than itself and its task.</summary>
[Collection(nameof(Alone))]
public sealed class LyingWorkerTests : PoolTest
{
    [Fact]
    public async Task Half_an_answer_costs_nobody_else_anything_and_no_processor_either()
    {
        await using var pool = new ProcessPool(new PoolOptions { Name = "ha", Workers = 2, TerminationGrace = Grace });
        using var source = new CancellationTokenSource();
        string file = FileNamed("id");
        var task = pool.RunAsync(AnswerByHalf, file, source.Token);
        await ReadIdAsync(file);
        for (int i = 0; i < 50; i++)
            Assert.Equal(i, await Soon(pool.RunAsync(static x => x, i, Cancelled)));
        var before = TimeOfPump("ha");
        await Task.Delay(1000, Cancelled);
        Assert.InRange((TimeOfPump("ha") - before).TotalSeconds, 0, 0.5);
        await source.CancelAsync();
        await FailureAsync<OperationCanceledException>(task);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Task_that_wipes_out_that_it_was_begun_and_dies_is_not_run_for_ever()
    {
        await using var pool = new ProcessPool(workers: 1);
        string log = FileNamed("log");
        await FailureAsync<WorkerLostException>(pool.RunAsync(WipeOutAndDie, log, Cancelled));
        Assert.InRange((await File.ReadAllLinesAsync(log, Cancelled)).Length, 1, 3);
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Time_limit_holds_for_a_task_that_says_it_begins_later()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TaskTimeout = Limit, TerminationGrace = Grace });
        await FailureAsync<TaskTimeoutException>(pool.RunAsync(BeginLater, Cancelled));
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Item_that_spoils_the_link_is_the_one_that_is_lost()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, ChunkSize = 10 });
        string log = FileNamed("log");
        var results = new List<int>();
        var lost = await Assert.ThrowsAsync<WorkerLostException>(async () =>
        {
            await foreach (int result in pool.MapAsCompletedAsync(Enumerable.Range(0, 10), SpoilingAt(5, log), Cancelled))
                results.Add(result);
        });
        Assert.Equal(5, lost.ItemIndex);
        Assert.Equal((int[])[0, 1, 2, 3, 4, 6, 7, 8, 9], results.Order());
        Assert.Equal(Enumerable.Range(0, 10), (await File.ReadAllLinesAsync(log, Cancelled)).Select(static line => int.Parse(line, CultureInfo.InvariantCulture)).Order());
    }

    private static unsafe int AnswerByHalf(string file)
    {
        var ring = WorkerMemory.Answers(Scribbles.SharedMemory());
        ring.CopyIn(*ring.Tail, [(byte)AnswerTag.End, 1, 2]);
        Volatile.Write(ref *ring.Tail, *ring.Tail + 3);
        WriteId(file);
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    private static unsafe void WipeOutAndDie(string log)
    {
        File.AppendAllText(log, "ran\n");
        new Span<byte>(Scribbles.SharedMemory(), (int)WorkerMemory.Size).Clear();
        _ = Deaths.Die("SIGKILL");
    }

    private static unsafe void BeginLater()
    {
        Volatile.Write(ref *WorkerMemory.StartedAt(Scribbles.SharedMemory()), long.MaxValue);
        Thread.Sleep(Timeout.Infinite);
    }

    // Made here, lest the target capture more than it needs.
    private static Func<int, int> SpoilingAt(int bad, string log) => item =>
    {
        File.AppendAllText(log, $"{item}\n");
        if (item == bad)
        {
            Scribbles.WriteToLinks();
            Thread.Sleep(Timeout.Infinite);
        }
        return item;
    };
}
