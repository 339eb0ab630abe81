using System.Diagnostics;

namespace Multitasking.Soak.Soaks;

/// <summary>Makes and disposes pools, used and unused, and looks for what they leave: descriptors, threads, processes, memory.</summary>
internal static class PoolSoak
{
    internal static async Task RunAsync(Settings settings)
    {
        long start = Stopwatch.GetTimestamp();
        // The console has descriptors too, from its first use on.
        Measures.Say($"{settings["pools"]} pools, {settings["at-once"]} at once");
        await RunSomeAsync(20, settings["at-once"], 0);
        var before = Now();
        await RunSomeAsync(settings["pools"], settings["at-once"], 20);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Measures.Say($"{settings["pools"]} pools in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s: before {before}, after {Now()}");
        await Measures.RequireSoonAsync(static () => Measures.Children.Count == 0, static () => $"{Measures.Children.Count} children are left");
        await Measures.RequireSoonAsync(() => Now().Descriptors <= before.Descriptors, () => $"descriptors: {string.Join(", ", Measures.DescriptorKinds)}; {before.Descriptors} before");
        await Measures.RequireSoonAsync(() => Now().Threads <= before.Threads + 3, () => $"threads: {Now().Threads}, {before.Threads} before");
        Measures.Require(Now().Megabytes < before.Megabytes + 60, $"memory: {Now().Megabytes} MB, {before.Megabytes} before");
    }

    private static (int Descriptors, int Threads, long Megabytes) Now() => (Measures.Descriptors, Measures.Threads, Measures.Resident(Environment.ProcessId));

    private static Task RunSomeAsync(int count, int atOnce, int first) =>
        Parallel.ForAsync(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, _) => await UseOneAsync(i));

    private static async Task UseOneAsync(int number)
    {
        await using var pool = new ProcessPool(1 + (number % 2));
        switch (number % 8)
        {
            case 0:
                return;
            case 1:
                pool.Abort();
                return;
            case 2:
                // Aborted while its first worker starts.
                var task = pool.RunAsync(static () => 1);
                pool.Abort();
                await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            case 3:
                await ((Task)pool.RunAsync(static () => Environment.Exit(1))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            case 4:
                _ = await pool.MapAsync(Enumerable.Range(0, 1000), static i => i * i);
                return;
            default:
                Measures.Require(await pool.RunAsync(static x => x + 1, number) == number + 1, "a wrong answer");
                return;
        }
    }
}
