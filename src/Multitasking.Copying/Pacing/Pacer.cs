using System.Diagnostics;

namespace Multitasking.Copying.Pacing;

/// <summary>Makes a worker stand still while the copy is paused, and wait where it would be faster than allowed.</summary>
internal abstract class Pacer(long bytesPerSecond)
{
    /// <summary>How far ahead of its allowance a copy may be: small files should not each wait for a timer.</summary>
    private static readonly long s_slack = Stopwatch.Frequency / 20;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);

    /// <summary>The speed that is allowed, or 0.</summary>
    internal long BytesPerSecond => bytesPerSecond;

    /// <summary>
    /// How much to copy in one go at most, so that no wait is longer than half a second, with some thirty workers in front of this one: who waits for longer is taken for hung.
    /// </summary>
    internal long LargestPiece(long piece) => bytesPerSecond == 0 ? piece : Math.Clamp(bytesPerSecond / 64, 4096, piece);

    /// <summary>Called before so many bytes are copied; returns when they may be.</summary>
    /// <exception cref="OperationCanceledException">While it waited, or before.</exception>
    internal void Pass(long bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (bytesPerSecond > 0 && bytes > 0)
            WaitFor(Reserve(bytes), cancellation);
        // Last, as it may have been paused during that wait.
        while (!MayRun(s_look))
            cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Waits until the copy is not paused, at most as long as the limit.</summary>
    protected abstract bool MayRun(TimeSpan limit);

    /// <summary>Puts the clock forward, if nobody has in between.</summary>
    protected abstract bool TryAdvance(long from, long to);

    /// <summary>The moment until which the allowance of all workers is used up.</summary>
    protected abstract long SpentUntil { get; }

    private long Reserve(long bytes)
    {
        long cost = (long)(bytes * (double)Stopwatch.Frequency / bytesPerSecond);
        while (true)
        {
            long spent = SpentUntil;
            long end = Math.Max(spent, Stopwatch.GetTimestamp() - s_slack) + cost;
            if (TryAdvance(spent, end))
                return end;
        }
    }

    private static void WaitFor(long moment, CancellationToken cancellation)
    {
        while (moment - Stopwatch.GetTimestamp() is > 0 and var ahead)
        {
            cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds((double)ahead / Stopwatch.Frequency) + TimeSpan.FromMilliseconds(1));
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
