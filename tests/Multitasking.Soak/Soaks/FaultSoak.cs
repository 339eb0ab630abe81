using System.Collections.Concurrent;
using System.Diagnostics;
using Multitasking.Faults.SystemCalls;

namespace Multitasking.Soak.Soaks;

/// <summary>Lets every system call of the library fail, with each of its errors, at every n: the program ends, with an exception that is documented, goes on afterwards, and nothing is left.</summary>
internal static class FaultSoak
{
    internal static async Task RunAsync(Settings settings)
    {
        using var shim = FaultShim.Compile();
        var problems = new ConcurrentQueue<string>();
        long start = Stopwatch.GetTimestamp();
        int runs = 0, hits = 0, hangs = 0;
        var all = new List<(string Use, Fault Fault, string Allowed)>();
        foreach (string use in FaultEnumeration.Uses)
        {
            var counted = await FaultRun.RunAsync(shim, use);
            Measures.Require(counted.Problems.Count == 0, $"{use} fails without a fault: {string.Join("; ", counted.Problems)}: {counted.Output}");
            all.AddRange(FaultEnumeration.Of(counted.Counts, settings["most"]).Select(fault => (use, fault, counted.Left)));
        }
        if (settings.Words("calls") is { Count: > 0 } calls)
            all.RemoveAll(one => !calls.Contains(one.Fault.Call));
        // Shuffled, so that the first minutes show a bit of everything.
        var chosen = all.ToArray();
        new Random(settings["seed"]).Shuffle(chosen);
        chosen = [.. chosen.Skip(settings["skip"]).Take(settings["runs"])];
        Measures.Say($"{chosen.Length} of {all.Count} faults");
        await Parallel.ForEachAsync(chosen, new ParallelOptions { MaxDegreeOfParallelism = settings["at-once"] }, async (one, _) =>
        {
            var run = await FaultRun.RunAsync(shim, one.Use, one.Fault, one.Allowed);
            if (Interlocked.Increment(ref runs) % 100 == 0)
                Measures.Say($"{runs} runs in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
            Interlocked.Add(ref hits, Math.Min(run.Hits, 1));
            if (run.Problems.Count == 0)
                return;
            if (run.Hangs)
                Interlocked.Increment(ref hangs);
            string problem = $"{one.Use}: {one.Fault}{(run.Hits == 0 ? " (not reached)" : "")}: {string.Join("; ", run.Problems)}";
            problems.Enqueue(problem);
            Measures.Say(problem);
        });
        var kinds = chosen.Select(static one => (one.Fault.Side, one.Fault.Call, one.Fault.Error)).Distinct().ToList();
        Measures.Say($"{runs} runs ({hits} reached their fault), {kinds.Select(static kind => kind.Call).Distinct().Count()} calls with {kinds.Count} errors on either side, "
            + $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0} s, {hangs} hung");
        Measures.Require(problems.IsEmpty, $"{problems.Count} runs went wrong");
    }
}
