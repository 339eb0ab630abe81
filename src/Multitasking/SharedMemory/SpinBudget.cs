using System.Diagnostics;

namespace Multitasking.SharedMemory;

/// <summary>
/// How long to look for something before going to sleep for it: longer than a wake-up takes where waits are short, hardly at all where they are long. Where one side sleeps, the other has to wake it, which takes longer
/// than a short look; so two that only look for a moment would go on waking each other for ever.
/// </summary>
/// <remarks>Its figures are rough on purpose: threads that change them at once do no harm.</remarks>
internal sealed class SpinBudget(TimeSpan longest)
{
    private static readonly long s_shortest = Stopwatch.Frequency / 500_000;

    // Looking costs others the processor where there is only one.
    private readonly long _longest = Environment.ProcessorCount > 1 ? (long)(longest.TotalSeconds * Stopwatch.Frequency) : 0;

    // The mean of the last waits, in ticks; at first such that it is worth a try.
    private long _mean = (long)(longest.TotalSeconds * Stopwatch.Frequency) / 2;

    /// <summary>How long to look now, in <see cref="Stopwatch"/> ticks.</summary>
    internal long Ticks => _mean < _longest ? _longest : Math.Min(_longest, s_shortest);

    /// <summary>Learns from a wait that has come to what it waited for.</summary>
    internal void Learn(long begun)
    {
        // A long wait counts as no more than a few short ones, so that a pause between two bursts is soon forgotten.
        long took = Math.Min(Stopwatch.GetTimestamp() - begun, 4 * _longest);
        _mean += (took - _mean) / 8;
    }
}
