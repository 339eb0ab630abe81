using System.Diagnostics;

namespace Multitasking.SharedMemory;

/// <summary>
/// How long to look for something before going to sleep for it: longer than a wake-up takes where waits are short, hardly at all where they are long. Where one side sleeps, the other has to wake it, which takes longer
/// than a short look; so two that only look for a moment would go on waking each other for ever.
/// </summary>
/// <remarks>Its figures are rough on purpose: threads that change them at once do no harm.</remarks>
internal sealed class SpinBudget(TimeSpan longest)
{
    private const int MostSkipped = 63;

    private static readonly long s_shortest = Stopwatch.Frequency / 500_000;

    // Looking costs others the processor where there is only one.
    private readonly long _longest = Environment.ProcessorCount > 1 ? (long)(longest.TotalSeconds * Stopwatch.Frequency) : 0;

    // The mean of the last waits, in ticks; at first such that it is worth a try.
    private long _mean = (long)(longest.TotalSeconds * Stopwatch.Frequency) / 2;

    // How many waits do without a long look, and how many after the next that is in vain.
    private int _skipped, _penalty;

    /// <summary>How long to look now, in <see cref="Stopwatch"/> ticks.</summary>
    // Two that sleep wait for two wake-ups each time, and shall get out of that.
    internal long Ticks => _mean < 2 * _longest && --_skipped < 0 ? _longest : Math.Min(_longest, s_shortest);

    /// <summary>How many looks to make before all else: some hundred nanoseconds of them.</summary>
    internal int Glances { get; } = Environment.ProcessorCount > 1 ? 16 : 0;

    /// <summary>A look found what it was for.</summary>
    internal void Hit() => _penalty >>= 1;

    /// <summary>
    /// A look was in vain. Where the other side needs the processor that this one looks with, every long look is, and the mean of the waits comes to rest right at its length: so long looks become rare instead, but are
    /// tried again.
    /// </summary>
    /// <param name="ticks">How long it was.</param>
    internal void Miss(long ticks)
    {
        if (ticks <= s_shortest)
            return;
        _penalty = Math.Min(MostSkipped, (2 * _penalty) + 1);
        _skipped = _penalty;
    }

    /// <summary>Learns from a wait that has come to what it waited for.</summary>
    internal void Learn(long begun)
    {
        // A long wait counts as no more than a few short ones, so that a pause between two bursts is soon forgotten.
        long took = Math.Min(Stopwatch.GetTimestamp() - begun, 4 * _longest);
        _mean += (took - _mean) / 8;
    }
}
