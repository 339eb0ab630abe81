using System.Diagnostics;

namespace Multitasking.Soak.Soaks;

/// <summary>Starts programs with pools under load and kills them after random times, also while they start: nobody outlives them.</summary>
internal static class ParentSoak
{
    private const string MarkName = "MULTITASKING_SOAK";

    internal static async Task RunAsync(Settings settings)
    {
        var random = new Random(1);
        long slowest = 0;
        int withWorkers = 0;
        for (int round = 0; round < settings["rounds"]; round++)
        {
            string mark = $"{Environment.ProcessId}-{round}";
            var info = new ProcessStartInfo(Environment.ProcessPath!, ["parent"]) { RedirectStandardOutput = true };
            info.Environment[MarkName] = mark;
            using var parent = Process.Start(info)!;
            // Half of them within what the start of a program and its workers takes.
            await Task.Delay(random.Next(round % 2 == 0 ? 250 : 1000));
            withWorkers += Marked(mark).Count > 1 ? 1 : 0;
            parent.Kill();
            long start = Stopwatch.GetTimestamp();
            await parent.WaitForExitAsync();
            await Measures.RequireSoonAsync(() => Marked(mark).Count == 0, () => $"round {round}: left are {string.Join(", ", Marked(mark))}");
            slowest = Math.Max(slowest, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            RemoveDiagnosticFiles(parent.Id);
        }
        Measures.Say($"{settings["rounds"]} parents killed, {withWorkers} of them with workers; the last descendant ended after {slowest} ms at most");
        Measures.Require(slowest < 3000, "too slow");
    }

    /// <summary>Never ends by itself: pools, a nested pool, tasks of all sizes, workers that are replaced all the time.</summary>
    internal static async Task BeParentAsync(Settings settings)
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = settings["workers"], MaxTasksPerWorker = 20 });
        await using var other = new ProcessPool(settings["workers"]);
        _ = other.RunAsync(HaveAPoolAsync);
        for (int i = 0; ; i++)
            await Task.WhenAll(
                pool.RunAsync(static x => x, i), pool.RunAsync(static size => new byte[size], (i % 5) << 18), other.MapAsync(Enumerable.Range(0, 500), static x => x + 1));
    }

    private static async Task HaveAPoolAsync()
    {
        await using var pool = new ProcessPool(workers: 1);
        for (int i = 0; ; i++)
            await pool.RunAsync(static x => x, i);
    }

    private static List<int> Marked(string mark)
    {
        var ids = new List<int>();
        foreach (string folder in Directory.GetDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out int id) && IsMarked(id, $"{MarkName}={mark}"))
                ids.Add(id);
        return ids;
    }

    private static bool IsMarked(int id, string variable)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/environ").Split('\0').Contains(variable);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The runtime leaves them when it is killed; the parent is no child of the library's, so they are nobody's fault.</summary>
    private static void RemoveDiagnosticFiles(int id)
    {
        foreach (string kind in (string[])["dotnet-diagnostic", "clr-debug-pipe"])
            foreach (string file in Directory.EnumerateFiles(Path.GetTempPath(), $"{kind}-{id}-*"))
                File.Delete(file);
    }
}
