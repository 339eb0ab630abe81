using System.Diagnostics;

namespace Multitasking.Soak.Soaks;

/// <summary>Kills workers at random moments under load: every task is answered once or lost once, and each kill costs one task at most.</summary>
internal static class KillSoak
{
    internal static async Task RunAsync(Settings settings)
    {
        int tasks = settings["tasks"], kills = settings["kills"];
        long start = Stopwatch.GetTimestamp();
        var random = new Random(1);
        int killed = 0, lost = 0, answered = 0, wrong = 0;
        int[] answers = new int[tasks];
        await using (var pool = new ProcessPool(settings["workers"]))
        {
            var load = Parallel.ForAsync(0, tasks, new ParallelOptions { MaxDegreeOfParallelism = 500 }, async (i, token) =>
            {
                try
                {
                    // Of all sizes: most within the link, some larger.
                    string answer = await pool.RunAsync(Work, i, i % 1000 == 0 ? 300_000 : i % 50, token);
                    if (!answer.StartsWith($"{i} ", StringComparison.Ordinal))
                        Interlocked.Increment(ref wrong);
                    Interlocked.Increment(ref answers[i]);
                    Interlocked.Increment(ref answered);
                }
                catch (WorkerLostException)
                {
                    Interlocked.Increment(ref lost);
                }
            });
            for (; killed < kills && !load.IsCompleted; killed++)
            {
                // Spread over the whole of it, at random moments.
                int due = (int)((long)tasks * killed / kills);
                while (Volatile.Read(ref answered) < due && !load.IsCompleted)
                    await Task.Delay(1);
                await Task.Delay(random.Next(10));
                if (pool.WorkerIds is { Count: > 0 } ids)
                    Measures.Kill(ids[random.Next(ids.Count)]);
            }
            await load;
        }
        Measures.Say($"{tasks} tasks in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s: {answered} answered, {lost} lost, {wrong} wrong; {killed} kills");
        Measures.Require(wrong == 0, "an answer was another task's");
        Measures.Require(answered + lost == tasks, "a task was answered twice or never");
        Measures.Require(Array.TrueForAll(answers, static count => count is 0 or 1), "a task was answered twice");
        Measures.Require(lost <= killed, "more were lost than killed");
        Measures.Require(Measures.Children.Count == 0, "a worker is left");
    }

    private static string Work(int number, int size)
    {
        Measures.Spin(50);
        return $"{number} {new string('x', size)}";
    }
}
