using System.Diagnostics;

namespace Multitasking.Soak.Soaks;

/// <summary>A very long stream of items and many single tasks: memory stays flat on both sides.</summary>
internal static class MillionSoak
{
    internal static async Task RunAsync(Settings settings)
    {
        int tasks = settings["tasks"], singles = settings["singles"];
        await using var pool = new ProcessPool(workers: 2);
        _ = await pool.MapAsync(Enumerable.Range(0, 20_000), static i => i);
        long start = Stopwatch.GetTimestamp();
        var sizes = new List<long[]>();

        int at = 0;
        await foreach (string answer in pool.MapStreamAsync(Texts(tasks), static text => text + "!"))
        {
            Measures.Require(answer == $"item {at}!", $"item {at} came as {answer}");
            if (at++ % (tasks / 10) == tasks / 20)
                sizes.Add(Sizes(pool));
        }
        Measures.Require(at == tasks, "items are missing");
        Report("stream", tasks, start, sizes);

        start = Stopwatch.GetTimestamp();
        sizes.Clear();
        int done = 0;
        await Parallel.ForAsync(0, singles, new ParallelOptions { MaxDegreeOfParallelism = 200 }, async (i, token) =>
        {
            Measures.Require(await pool.RunAsync(static x => x + 1, i, token) == i + 1, "a wrong answer");
            if (Interlocked.Increment(ref done) % (singles / 10) == singles / 20)
                lock (sizes)
                    sizes.Add(Sizes(pool));
        });
        Report("singles", singles, start, sizes);
    }

    private static long[] Sizes(ProcessPool pool) => [Measures.Resident(Environment.ProcessId), .. pool.WorkerIds.Select(Measures.Resident).OrderDescending()];

    private static void Report(string what, int count, long start, List<long[]> sizes)
    {
        var time = Stopwatch.GetElapsedTime(start);
        Measures.Say($"{count} {what} in {time.TotalSeconds:0.0} s ({time.TotalMicroseconds / count:0.00} us each)");
        Measures.Say($"MB of parent and workers: start {Text(sizes[0])}, middle {Text(sizes[sizes.Count / 2])}, end {Text(sizes[^1])}");
        for (int i = 0; i < Math.Min(sizes[0].Length, sizes[^1].Length); i++)
            Measures.Require(sizes[^1][i] < sizes[sizes.Count / 2][i] + 50, $"memory grows: {string.Join(", ", sizes.Select(Text))}");
    }

    private static string Text(long[] sizes) => string.Join('/', sizes);

    private static IEnumerable<string> Texts(int count)
    {
        for (int i = 0; i < count; i++)
            yield return $"item {i}";
    }
}
