using System.Diagnostics;

namespace Multitasking.Transport;

/// <summary>
/// A want of memory that lasts. What failed for it is tried again, but not for ever: whoever waits for it has no limit of his own, perhaps.
/// </summary>
internal struct Shortage
{
    /// <summary>For how long is tried again.</summary>
    internal static TimeSpan Longest { get; } = TimeSpan.FromSeconds(3);

    private long _since;

    /// <summary>Notes that it failed once more.</summary>
    /// <returns>Whether it is to be tried again.</returns>
    internal bool IsBorne()
    {
        if (_since == 0)
            _since = Stopwatch.GetTimestamp();
        return Stopwatch.GetElapsedTime(_since) < Longest;
    }

    /// <summary>Notes that it did not fail.</summary>
    internal void End() => _since = 0;
}
