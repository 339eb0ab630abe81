using System.Diagnostics;
using Multitasking;

/// <summary>A pool of its own for each figure; what ends it is not measured. All in milliseconds.</summary>
internal static class Fresh
{
    /// <summary>
    /// One worker is busy, and the spare, which has not run anything yet, begins: up to the target's first statement. Both processes read the same clock,
    /// CLOCK_MONOTONIC, which .NET counts in nanoseconds on Linux.
    /// </summary>
    internal static async Task<double[]> StartAsync()
    {
        await using var pool = new ProcessPool(workers: 2);
        var busy = pool.RunAsync(static () => Thread.Sleep(Timeout.Infinite));
        await SpareAsync(pool);
        double[] took = await FirstStatementAsync(pool);
        pool.Abort();
        await busy.ContinueWith(static _ => { }, TaskScheduler.Default);
        return took;
    }

    /// <summary>The only worker is killed, and the next task is there at once: up to its first statement, in the spare.</summary>
    internal static async Task<double[]> ReplacementAsync()
    {
        await using var pool = new ProcessPool(workers: 1);
        int worker = await pool.RunAsync(static () => Environment.ProcessId);
        await SpareAsync(pool);
        using var process = Process.GetProcessById(worker);
        process.Kill();
        return await FirstStatementAsync(pool);
    }

    /// <summary>From no pool to its first answer.</summary>
    internal static async Task<double[]> ColdAsync()
    {
        long begin = Stopwatch.GetTimestamp();
        await using var pool = new ProcessPool(workers: 2);
        await pool.RunAsync(static x => x * x, 3);
        return [Stopwatch.GetElapsedTime(begin).TotalMilliseconds];
    }

    /// <summary>The spare has come to life, and the machine is at rest.</summary>
    private static async Task SpareAsync(ProcessPool pool)
    {
        while (pool.WorkerIds.Count < 2)
            await Task.Delay(1);
        await Task.Delay(20);
    }

    private static async Task<double[]> FirstStatementAsync(ProcessPool pool)
    {
        long begin = Stopwatch.GetTimestamp();
        long reached = await pool.RunAsync(static () => Stopwatch.GetTimestamp());
        return [Stopwatch.GetElapsedTime(begin, reached).TotalMilliseconds];
    }
}
