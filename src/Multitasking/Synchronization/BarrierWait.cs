namespace Multitasking.Synchronization;

/// <summary>One participant's wait for the others.</summary>
internal struct BarrierWait
{
    internal BarrierCore Core;
    internal long Round;
    internal BarrierPassage Passage;
    internal long Outcome;

    /// <summary>Whether it is over.</summary>
    internal static bool Look(ref BarrierWait wait)
    {
        if (wait.Outcome == (long)BarrierOutcome.Waits && wait.Core.State.HasMoved(wait.Round))
            wait.Outcome = wait.Core.OutcomeOf(wait.Round);
        return wait.Outcome != (long)BarrierOutcome.Waits;
    }

    /// <exception cref="BarrierBrokenException">It did not end well.</exception>
    internal readonly BarrierPassage Result => Outcome == (long)BarrierOutcome.Passed ? Passage : throw BarrierState.Broken(Outcome);
}
