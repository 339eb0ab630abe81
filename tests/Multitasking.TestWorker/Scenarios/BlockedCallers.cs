namespace Multitasking.TestWorker.Scenarios;

/// <summary>A program whose shared thread pool has few threads, all of which wait for answers.</summary>
internal static class BlockedCallers
{
    private const int Threads = 4, Callers = 12;

    /// <summary>Says what each kind of answer came to. No thread is free for more, so an answer that needs one never comes.</summary>
    internal static int OnFourThreads(string[] arguments)
    {
        ThreadPool.SetMinThreads(Threads, Threads);
        ThreadPool.SetMaxThreads(Threads, Threads);
        var pool = new ProcessPool(workers: 2);
        int[] items = [.. Enumerable.Range(0, 100)];
        Block("number", i => pool.RunAsync(static x => x, i).Result);
        Block("record", i => pool.RunAsync(static x => new Answer(x, "text"), i).Result.Number);
        Block("list", i => pool.RunAsync(static x => new List<Answer> { new(x, "text") }, i).Result[0].Number);
        Block("failure", i => FailureOf(pool.RunAsync(static x => throw new InvalidOperationException($"{x}"), i)));
        Block("map", i => pool.MapAsync(items, static x => x).Result[i]);
        Block("map of records", i => pool.MapAsync(items.Where(static x => x >= 0), static x => new Answer(x, "text")).Result[i].Number);
        Block("for each", i =>
        {
            pool.ForEachAsync(items, static x => { }).Wait();
            return i;
        });
        pool.DisposeAsync().AsTask().Wait();
        return 0;
    }

    private static void Block(string kind, Func<int, int> call)
    {
        var sums = Enumerable.Range(0, Callers).Select(i => Task.Run(() => call(i))).ToArray();
        Task.WaitAll(sums);
        Say.Line($"{kind}: {sums.Sum(static sum => sum.Result)}");
    }

    private static int FailureOf(Task task)
    {
        try
        {
            task.Wait();
            return -1;
        }
        catch (AggregateException exception)
        {
            return int.Parse(((RemoteException)exception.InnerException!).InnerException!.Message, System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private sealed record Answer(int Number, string Text);
}
