using System.Diagnostics;
using Multitasking;

/// <summary>Maps whose target has captured much, beside items that are nothing.</summary>
internal static class Captured
{
    private const int Items = 2_000, Size = 1 << 20;

    private static readonly Lazy<ProcessPool> s_pool = new(static () => new ProcessPool(workers: 2));
    private static readonly Lazy<double[]> s_data = new(static () => new double[Size / sizeof(double)]);

    /// <summary>A map of 2,000 items whose target has captured a megabyte: milliseconds.</summary>
    internal static async Task<double[]> MapAsync()
    {
        int[] numbers = [.. Enumerable.Range(0, Items)];
        var (data, pool) = (s_data.Value, s_pool.Value);
        long begin = Stopwatch.GetTimestamp();
        int[] lengths = await pool.MapAsync(numbers, number => number + data.Length);
        double took = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        return lengths[^1] == Items - 1 + data.Length ? [took] : throw new InvalidOperationException("A wrong answer came back.");
    }
}
