using System.Diagnostics;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>What the soaks (tests/Multitasking.Soak) do for minutes, for a second.</summary>
[Collection(nameof(Alone))]
public sealed class LoadTests : PoolTest
{
    [Fact]
    public async Task Every_answer_is_accounted_for_when_workers_are_killed_under_load()
    {
        int tasks = Rounds.Of(5000, least: 2000);
        await using var pool = new ProcessPool(workers: 2);
        await WorksAsync(pool);
        int[] answers = new int[tasks];
        int lost = 0, kills = 0;
        var random = new Random(2);
        var load = Parallel.ForAsync(0, tasks, new ParallelOptions { MaxDegreeOfParallelism = 200, CancellationToken = Cancelled }, async (i, _) =>
        {
            try
            {
                Assert.Equal(i, await pool.RunAsync(Work, i, Cancelled));
                Interlocked.Increment(ref answers[i]);
            }
            catch (WorkerLostException)
            {
                Interlocked.Increment(ref lost);
            }
        });
        for (; kills < Rounds.Of(15, least: 5) && !load.IsCompleted; kills++)
        {
            await Task.Delay(random.Next(60), Cancelled);
            if (pool.WorkerIds is { Count: > 0 } ids)
                Kill(ids[random.Next(ids.Count)]);
        }
        await Soon(load);
        Assert.All(answers, static count => Assert.InRange(count, 0, 1));
        Assert.Equal(tasks, answers.Sum() + lost);
        Assert.InRange(lost, 0, kills);
    }

    [Fact]
    public async Task Map_with_retries_is_complete_when_workers_are_killed_under_load()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, Retries = 10 });
        await WorksAsync(pool);
        var random = new Random(3);
        int[] items = [.. Enumerable.Range(0, Rounds.Of(20_000, least: 6000))];
        var map = pool.MapAsync(items, Work, Cancelled);
        for (int kills = 0; kills < Rounds.Of(15, least: 5) && !map.IsCompleted; kills++)
        {
            await Task.Delay(random.Next(60), Cancelled);
            if (pool.WorkerIds is { Count: > 0 } ids)
                Kill(ids[random.Next(ids.Count)]);
        }
        Assert.Equal(items, await Soon(map));
    }

    [Fact]
    public async Task Many_tasks_at_once_are_all_answered()
    {
        await using var pool = new ProcessPool(workers: 2);
        int[] answers = await Soon(Task.WhenAll(Enumerable.Range(0, 30_000).Select(i => pool.RunAsync(static x => x + 1, i, Cancelled))));
        Assert.Equal(Enumerable.Range(1, 30_000), answers);
    }

    [Fact]
    public async Task Many_threads_submit_to_one_pool()
    {
        await using var pool = new ProcessPool(workers: 2);
        int[] sums = await Soon(Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(
            async () =>
            {
                int sum = 0;
                for (int i = 0; i < 300; i++)
                    sum += await pool.RunAsync(static (a, b) => a * b, thread, i, Cancelled);
                return sum;
            },
            Cancelled))));
        Assert.Equal(Enumerable.Range(0, 8).Select(static thread => thread * (299 * 300 / 2)), sums);
    }

    [Fact]
    public async Task Answers_of_all_sizes_around_that_of_the_link_cross_whole()
    {
        await using var pool = new ProcessPool(workers: 1);
        int[] sizes = [0, 1, 7, 8, 63, 64, 65, 4095, 4096, 65_535, 65_536, (128 << 10) - 1, 128 << 10, (256 << 10) - 5, (256 << 10) - 1, 256 << 10, (256 << 10) + 1, 1 << 20];
        string[] texts = await Soon(pool.MapAsync(sizes, static size => new string((char)('a' + (size % 26)), size), Cancelled));
        for (int i = 0; i < sizes.Length; i++)
            Assert.Equal(new string((char)('a' + (sizes[i] % 26)), sizes[i]), texts[i]);
        int[] lengths = await Soon(pool.MapAsync(texts, static text => text.Length, Cancelled));
        Assert.Equal(sizes, lengths);
    }

    [Fact]
    public async Task No_answer_is_missed_while_both_sides_fall_asleep_and_wake_all_the_time()
    {
        await using var pool = new ProcessPool(workers: 1);
        var random = new Random(4);
        for (int i = 0; i < Rounds.Of(3000); i++)
        {
            Assert.Equal(i, await Soon(pool.RunAsync(SpinAndAnswer, random.Next(150), i, Cancelled)));
            _ = SpinAndAnswer(random.Next(150), 0);
        }
    }

    [Fact]
    public async Task Reports_of_a_task_arrive_in_order_and_before_its_answer()
    {
        await using var pool = new ProcessPool(workers: 1);
        var log = new Log();
        Assert.Equal(2000, await Soon(pool.RunAsync<IProgress<int>, int>(Report, log, Cancelled)));
        Assert.Equal(Enumerable.Range(0, 2000), log.Values);
    }

    private static int Report(IProgress<int> progress)
    {
        for (int i = 0; i < 2000; i++)
            progress.Report(i);
        return 2000;
    }

    private static int SpinAndAnswer(int microseconds, int answer)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < microseconds)
        {
        }
        return answer;
    }

    private sealed class Log : IProgress<int>
    {
        internal List<int> Values { get; } = [];

        public void Report(int value) => Values.Add(value);
    }

    private static int Work(int answer)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < 50)
        {
        }
        return answer;
    }
}
