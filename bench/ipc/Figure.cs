using System.Diagnostics;

/// <summary>What the figures share.</summary>
internal static class Figure
{
    /// <summary>Since then; a <see cref="TimeSpan"/> counts in hundreds of nanoseconds.</summary>
    internal static double Nanoseconds(long begin) => (Stopwatch.GetTimestamp() - begin) * (1e9 / Stopwatch.Frequency);

    /// <summary>Median, mean and 99th percentile.</summary>
    internal static double[] Summary(double[] took)
    {
        double mean = took.Average();
        Array.Sort(took);
        return [took[took.Length / 2], mean, took[took.Length * 99 / 100]];
    }

    /// <summary>A figure counts only with the right answer.</summary>
    internal static void Check(long answer, long expected)
    {
        if (answer != expected)
            throw new InvalidOperationException($"{answer} came where {expected} is right.");
    }
}
