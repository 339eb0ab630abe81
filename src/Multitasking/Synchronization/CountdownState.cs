using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>
/// The state of a countdown in shared memory, and all that can happen to it; everything but reading under the state lock.
/// </summary>
/// <remarks>
/// <para>Safe against a kill at any instruction: each change is one commit of a journal, and a part is in its process' slot from the commit that takes it to the one that signals it, so that the one who cleans up after a
/// dead process finds exactly the parts that are not signalled yet.</para>
/// <para>A slot's word has the round, which each reset begins, and how many parts the process has taken in it: words of earlier rounds need no clearing.</para>
/// </remarks>
internal readonly unsafe struct CountdownState(byte* start)
{
    private const int Initial = 0, Current = 1, Taken = 2, TimesSetWord = 3, RoundWord = 4, Abandoned = 5;

    private const int CountBits = 16, MostOfOneProcess = (1 << CountBits) - 1;

    private readonly StateWords _words = new(start);

    internal int InitialCount => (int)_words[Initial];

    internal int CurrentCount => (int)_words[Current];

    internal int AbandonedCount => (int)_words[Abandoned];

    /// <summary>How often it has come to 0; so a waiter learns of it though it was reset before he looked.</summary>
    internal long TimesSet => _words[TimesSetWord];

    /// <summary>How often it has begun anew.</summary>
    internal long Round => _words[RoundWord];

    /// <summary>Whether it is at 0, or was after a certain time.</summary>
    internal bool HasBeenSet(long timesBefore)
    {
        long current = _words[Current];
        if (current is < 0 or > int.MaxValue)
            throw Membership.Scribbled($"a countdown at {current}");
        return current == 0 || _words[TimesSetWord] != timesBefore;
    }

    internal void Reset(int count)
    {
        var change = _words.Change();
        change.Set(Initial, count);
        change.Set(Current, count);
        change.Set(Taken, 0);
        change.Set(RoundWord, Round + 1);
        change.Set(Abandoned, 0);
        if (count == 0)
            change.Set(TimesSetWord, TimesSet + 1);
        change.Commit();
    }

    /// <returns>Whether it has come to 0 by that.</returns>
    internal bool Signal(int count)
    {
        Check();
        long current = _words[Current], taken = _words[Taken];
        if (count > current - taken)
            throw new InvalidOperationException(taken == 0
                ? $"{count} signals at a countdown that waits for {current}."
                : $"{count} signals at a countdown that waits for {current}, {taken} of which are parts that were taken: those are signalled by disposing of the part.");
        var change = _words.Change();
        SetCurrent(ref change, current - count);
        change.Commit();
        return current == count;
    }

    /// <returns>False when it is at 0.</returns>
    internal bool TryAdd(int count)
    {
        Check();
        long current = _words[Current];
        if (current == 0)
            return false;
        if (current + count > int.MaxValue)
            throw new InvalidOperationException($"A countdown holds at most {int.MaxValue}.");
        var change = _words.Change();
        change.Set(Current, current + count);
        change.Commit();
        return true;
    }

    /// <returns>The round that the part belongs to.</returns>
    internal long Take(int slot)
    {
        Check();
        long taken = _words[Taken], round = Round;
        if (taken == _words[Current])
            throw new InvalidOperationException(taken == 0
                ? "The countdown is at 0: there is no part left to take."
                : $"The countdown waits for {taken} signals, and all of them are parts that were taken already.");
        long parts = PartsOf(slot);
        if (parts == MostOfOneProcess)
            throw new InvalidOperationException($"One process takes at most {MostOfOneProcess} parts of a countdown.");
        var change = _words.Change();
        change.Set(StateWords.OfSlot(slot), (round << CountBits) | (parts + 1));
        change.Set(Taken, taken + 1);
        change.Commit();
        return round;
    }

    /// <returns>Whether it has come to 0 by that.</returns>
    internal bool SignalPart(int slot, long round)
    {
        Check();
        // A part of an earlier round is no concern of this one.
        if (round != Round)
            return false;
        long parts = PartsOf(slot);
        if (parts == 0)
            throw Membership.Scribbled("a countdown that knows nothing of a part that was taken");
        return GiveBack(slot, parts - 1, 1, abandoned: 0);
    }

    /// <summary>A member has died or leaves: its parts are signalled.</summary>
    internal void Abandon(int slot)
    {
        long parts = PartsOf(slot);
        if (parts > 0 && parts <= _words[Taken] && parts <= _words[Current])
            GiveBack(slot, 0, parts, abandoned: parts);
    }

    private bool GiveBack(int slot, long left, long parts, long abandoned)
    {
        var change = _words.Change();
        change.Set(StateWords.OfSlot(slot), left == 0 ? 0 : (Round << CountBits) | left);
        change.Set(Taken, _words[Taken] - parts);
        change.Set(Abandoned, _words[Abandoned] + abandoned);
        SetCurrent(ref change, _words[Current] - parts);
        bool isSet = _words[Current] == parts;
        change.Commit();
        return isSet;
    }

    private long PartsOf(int slot) => _words[StateWords.OfSlot(slot)] is var word && word >> CountBits == Round ? word & MostOfOneProcess : 0;

    private void SetCurrent(ref StateChange change, long count)
    {
        change.Set(Current, count);
        if (count == 0)
            change.Set(TimesSetWord, TimesSet + 1);
    }

    private void Check()
    {
        if (_words[Current] is < 0 or > int.MaxValue || _words[Taken] < 0 || _words[Taken] > _words[Current] || Round < 1 || _words[Initial] is < 0 or > int.MaxValue)
            throw Membership.Scribbled("a countdown in an impossible state");
    }
}
