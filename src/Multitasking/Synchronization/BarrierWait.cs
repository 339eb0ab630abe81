using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>One participant's wait for the others.</summary>
internal sealed class BarrierWait(BarrierCore core, long round, BarrierPassage passage) : ISleeper
{
    private long _outcome;

    internal long Round => round;

    /// <exception cref="BarrierBrokenException">It did not end well.</exception>
    internal BarrierPassage Result => _outcome == (long)BarrierOutcome.Passed ? passage : throw BarrierState.Broken(_outcome);

    /// <summary>Whether it is over.</summary>
    internal static bool Look(ref BarrierWait wait)
    {
        if (wait._outcome == (long)BarrierOutcome.Waits && wait.HasMoved)
            wait._outcome = wait.Core.OutcomeOf(wait.Round);
        return wait._outcome != (long)BarrierOutcome.Waits;
    }

    /// <summary>Notes how it ended, where that is known.</summary>
    /// <returns>Whether it did.</returns>
    internal bool End(long outcome)
    {
        _outcome = outcome;
        return outcome != (long)BarrierOutcome.Waits;
    }

    /// <inheritdoc/>
    public TimeSpan Retire()
    {
        core.Audit();
        return Timeout.InfiniteTimeSpan;
    }

    private BarrierCore Core => core;

    private bool HasMoved => core.State.HasMoved(round);
}
