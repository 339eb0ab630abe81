using System.Diagnostics;

namespace Multitasking.Soak.Soaks;

/// <summary>Cancels tasks that wait, run, end, give way or do not; all others are answered.</summary>
internal static class CancelSoak
{
    internal static async Task RunAsync(Settings settings)
    {
        int tasks = settings["tasks"], cancelled = 0, answered = 0;
        long start = Stopwatch.GetTimestamp();
        await using (var pool = new ProcessPool(new PoolOptions { Workers = 4, TerminationGrace = TimeSpan.FromMilliseconds(20) }))
            await Parallel.ForAsync(0, tasks, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
            {
                using var source = new CancellationTokenSource();
                var task = Submit(pool, i, source.Token);
                if (i % 2 == 0)
                {
                    await Task.Yield();
                    Measures.Spin(i % 97);
                    await source.CancelAsync();
                }
                try
                {
                    Measures.Require(await task == i, "a wrong answer");
                    Interlocked.Increment(ref answered);
                }
                catch (OperationCanceledException) when (i % 2 == 0)
                {
                    Interlocked.Increment(ref cancelled);
                }
            });
        Measures.Say($"{tasks} tasks in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s: {answered} answered, {cancelled} cancelled");
        Measures.Require(answered + cancelled == tasks, "a task was lost");
        Measures.Require(Measures.Children.Count == 0, "a worker is left");
    }

    // One in two hundred does not give way, and costs its worker. Only those with even numbers are cancelled.
    private static Task<int> Submit(ProcessPool pool, int number, CancellationToken token) => (number % 200) switch
    {
        100 => pool.RunAsync(Sleep, number, token),
        < 100 => pool.RunAsync(Work, number, token),
        _ => pool.RunAsync(GiveWayAsync, number, CancellationToken.None, token),
    };

    private static int Work(int number)
    {
        Measures.Spin(50);
        return number;
    }

    private static int Sleep(int number)
    {
        Thread.Sleep(Timeout.Infinite);
        return number;
    }

    private static async Task<int> GiveWayAsync(int number, CancellationToken token)
    {
        await Task.Delay(number % 3, token);
        return number;
    }
}
