using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>
/// The state of a barrier in shared memory, and all that can happen to it; everything but <see cref="HasMoved"/> under the state lock.
/// </summary>
/// <remarks>
/// <para>Safe against a kill at any instruction: each change is one commit of a journal. Before it, the arrival has not happened; after it, the slot says that this process waits, so that its death breaks the barrier.
/// A phase ends in the commit of the last arrival; waiters that are killed after it have passed, whether they have noticed or not.</para>
/// <para>A round is a phase or an attempt at one that ended in a reset, and is never counted twice. A slot's word has the last round in which the process arrived, and how many of its threads did, so that words of earlier
/// rounds need no clearing. A waiter that is slow to wake finds out by the list of the last failures how its round ended.</para>
/// </remarks>
internal readonly unsafe struct BarrierState(byte* start)
{
    private const int Participants = 0, PhaseWord = 1, Round = 2, Arrived = 3, Cause = 4, FirstRound = 5, Failures = 6, FailedRounds = 7, MostFailures = 8;

    private const int CountBits = 16, MostOfOneProcess = (1 << CountBits) - 1;

    private readonly StateWords _words = new(start);

    internal int ParticipantCount => (int)_words[Participants];

    internal long Phase => _words[PhaseWord];

    /// <summary>How many wait for the rest; 0 when broken.</summary>
    internal int WaitingCount => _words[Cause] == 0 ? (int)_words[Arrived] : 0;

    internal bool IsBroken => _words[Cause] != 0;

    internal void Begin(int participants)
    {
        var change = _words.Change();
        change.Set(Participants, participants);
        change.Set(Round, 1);
        change.Set(FirstRound, 1);
        change.Commit();
    }

    /// <summary>Whether a look under the lock is worth it.</summary>
    internal bool HasMoved(long round) => _words[Round] != round || _words[Cause] != 0;

    /// <returns>Whether it was the last of its phase.</returns>
    internal bool Arrive(int slot, out long round, out BarrierPassage passage)
    {
        Check();
        if (_words[Cause] is not 0 and var cause)
            throw Broken(cause);
        round = _words[Round];
        long arrived = _words[Arrived];
        bool isLast = arrived + 1 == _words[Participants];
        passage = new BarrierPassage(Phase, (int)arrived, isLast);
        long own = _words[StateWords.OfSlot(slot)];
        long count = own >> CountBits == round ? own & MostOfOneProcess : 0;
        if (count == MostOfOneProcess)
            throw new InvalidOperationException($"More than {MostOfOneProcess} threads of one process wait at a barrier.");
        var change = _words.Change();
        change.Set(StateWords.OfSlot(slot), (round << CountBits) | (count + 1));
        change.Set(Arrived, isLast ? 0 : arrived + 1);
        if (isLast)
        {
            change.Set(PhaseWord, Phase + 1);
            change.Set(Round, round + 1);
        }
        change.Commit();
        return isLast;
    }

    /// <summary>What has become of a round.</summary>
    /// <returns>The outcome; where it is broken, with the process in the bits from 8.</returns>
    internal long OutcomeOf(long round)
    {
        Check();
        long now = _words[Round];
        if (round == now)
            return _words[Cause];
        if (round > now)
            throw Membership.Scribbled($"a barrier in round {now} that was in round {round}");
        long failures = _words[Failures];
        for (int i = 0; i < Math.Min(failures, MostFailures); i++)
            if (_words[FailedRounds + i] == round)
                return (long)BarrierOutcome.Reset;
        // Whoever has slept through so many resets cannot know any more, and must not believe that all were there.
        return failures > MostFailures && round < _words[FailedRounds + (int)(failures % MostFailures)] ? (long)BarrierOutcome.Reset : (long)BarrierOutcome.Passed;
    }

    /// <summary>Breaks it, if it is whole.</summary>
    internal void Break(BarrierOutcome cause)
    {
        Check();
        if (_words[Cause] != 0)
            return;
        var change = _words.Change();
        change.Set(Cause, (long)cause);
        change.Commit();
    }

    /// <summary>Begins anew. Who waits is told that it was broken.</summary>
    internal void Reset()
    {
        Check();
        long round = _words[Round], failures = _words[Failures];
        var change = _words.Change();
        if (_words[Arrived] > 0 || _words[Cause] != 0)
        {
            change.Set(FailedRounds + (int)(failures % MostFailures), round);
            change.Set(Failures, failures + 1);
        }
        change.Set(Arrived, 0);
        change.Set(Cause, 0);
        change.Set(Round, round + 1);
        change.Set(FirstRound, round + 1);
        change.Commit();
    }

    /// <summary>A member has died or leaves.</summary>
    internal void Abandon(int slot)
    {
        long own = _words[StateWords.OfSlot(slot)], cause = _words[Cause];
        if (own == 0)
            return;
        long lastRound = own >> CountBits;
        if (cause == 0)
        {
            // A participant that ends as it should may be done with it; one that was killed will be missed.
            if (_words.IsLeavingInOrder(slot))
                cause = lastRound == _words[Round] ? (long)BarrierOutcome.Departure : 0;
            else
                cause = lastRound >= _words[FirstRound] ? (long)BarrierOutcome.Death : 0;
            if (cause != 0)
                cause |= (long)_words.ProcessOf(slot) << 8;
        }
        var change = _words.Change();
        change.Set(StateWords.OfSlot(slot), 0);
        change.Set(Cause, cause);
        change.Commit();
    }

    /// <summary>Whether as many have arrived as it says: otherwise somebody may wait for ever.</summary>
    /// <exception cref="InvalidDataException">Not so.</exception>
    internal void Audit()
    {
        Check();
        if (_words[Cause] != 0)
            return;
        long round = _words[Round], arrived = 0;
        for (int slot = 1; slot <= SegmentLayout.MostMembers; slot++)
            if (_words[StateWords.OfSlot(slot)] is var word && word >> CountBits == round)
                arrived += word & MostOfOneProcess;
        if (arrived != _words[Arrived])
            throw Membership.Scribbled("a barrier that counts wrongly");
    }

    internal static BarrierBrokenException Broken(long cause)
    {
        int process = (int)(cause >> 8);
        return (BarrierOutcome)(cause & 0xff) switch
        {
            BarrierOutcome.TimeLimit => new("the time limit of a participant has passed"),
            BarrierOutcome.Cancellation => new("the wait of a participant was cancelled"),
            BarrierOutcome.Disposal => new("a participant disposed of it while it waited"),
            BarrierOutcome.Abort => new("a participant called Abort"),
            BarrierOutcome.Death => new($"process {process}, which takes part, was killed or crashed", process),
            BarrierOutcome.Departure => new($"process {process} has ended, or let go of it, while it waited", process),
            BarrierOutcome.Reset => new("it was reset while participants waited"),
            _ => throw Membership.Scribbled($"a barrier that broke for cause {cause}"),
        };
    }

    private void Check()
    {
        if (_words[Participants] is < 1 or > int.MaxValue || _words[Arrived] < 0 || _words[Arrived] >= _words[Participants] || _words[Round] < _words[FirstRound] || _words[FirstRound] < 1
            || _words[PhaseWord] < 0 || _words[Failures] < 0 || (_words[Cause] & 0xff) is < 0 or >= (long)BarrierOutcome.Passed)
            throw Membership.Scribbled("a barrier in an impossible state");
    }
}
