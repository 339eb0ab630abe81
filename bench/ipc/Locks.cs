using System.Diagnostics;
using System.Numerics;
using Multitasking;
using Multitasking.Synchronization;

/// <summary>A lock that nobody else wants, and one that four processes want all the time.</summary>
internal static class Locks
{
    // Eight buckets between a power of two and the next.
    private const int Turns = 1_000_000, Contenders = 4, Octave = 8, Buckets = 64 * Octave;

    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(2), s_start = TimeSpan.FromMilliseconds(500);
    private static readonly Lazy<ProcessMutex> s_mutex = new(static () => new ProcessMutex());

    /// <summary>Nanoseconds to enter and leave.</summary>
    internal static Task<double[]> AloneAsync()
    {
        var mutex = s_mutex.Value;
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < Turns; i++)
        {
            using (mutex.Enter())
            {
            }
        }
        return Task.FromResult<double[]>([Figure.Nanoseconds(begin) / Turns]);
    }

    /// <summary>
    /// Turns a second, those of the process with the fewest as a part of those with the most; median, 99th percentile and longest wait, in microseconds.
    /// </summary>
    internal static async Task<double[]> ContendedAsync()
    {
        using var mutex = new ProcessMutex();
        using var total = new SharedArray<long>(1);
        long start = Stopwatch.GetTimestamp() + Ticks(s_start), end = start + Ticks(s_duration);
        var running = Enumerable.Range(0, Contenders).Select(_ => ChildProcess.RunAsync(() => Contend(mutex, total, start, end))).ToArray();
        long[][] waits = await Task.WhenAll(running);
        long[] turns = [.. waits.Select(static one => one[..Buckets].Sum())];
        Figure.Check(total.Span[0], turns.Sum());
        long[] all = [.. Enumerable.Range(0, Buckets).Select(i => waits.Sum(one => one[i]))];
        return
        [
            turns.Sum() / s_duration.TotalSeconds, (double)turns.Min() / turns.Max(), Percentile(all, 50), Percentile(all, 99),
            waits.Max(static one => one[Buckets]) / 1e3,
        ];
    }

    /// <returns>How many waits fell into each bucket, and the longest, in nanoseconds.</returns>
    private static long[] Contend(ProcessMutex mutex, SharedArray<long> total, long start, long end)
    {
        long[] waits = new long[Buckets + 1];
        while (Stopwatch.GetTimestamp() < start)
            Thread.Sleep(1);
        while (true)
        {
            long begin = Stopwatch.GetTimestamp(), wait;
            if (begin >= end)
                return waits;
            using (mutex.Enter())
            {
                wait = (long)Figure.Nanoseconds(begin);
                total.Span[0]++;
            }
            waits[Bucket(wait)]++;
            waits[Buckets] = Math.Max(waits[Buckets], wait);
        }
    }

    private static int Bucket(long wait)
    {
        if (wait < Octave)
            return (int)wait;
        int shift = BitOperations.Log2((ulong)wait) - 3;
        return (shift + 1) * Octave + (int)(wait >> shift) - Octave;
    }

    private static double Percentile(long[] counts, int percent)
    {
        long total = counts.Sum(), seen = counts[0];
        int at = 0;
        while (seen <= total * percent / 100)
            seen += counts[++at];
        return (at < Octave ? at : (long)(at % Octave + Octave) << (at / Octave - 1)) / 1e3;
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
