using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>
/// The state of a reader-writer lock in shared memory, and all that can happen to it; under the state lock, but for <see cref="ToRead"/> and <see cref="ToWrite"/>, which may be asked at any time for a first guess.
/// </summary>
/// <remarks>
/// <para>Safe against a kill at any instruction: each change is one commit of a journal that changes the sums and the slot of the process together, so what a dead process held and what it waited for stands in its slot,
/// neither more nor less, and is taken out of the sums.</para>
/// <para>Fair in phases: readers that come while a writer waits wait behind it; when a writer leaves, the readers that wait then have their turn before the next writer (<c>Turn</c> counts those still to come). Both orders
/// are advice: whoever is entitled may have been stopped, so they hold nobody up for long (<see cref="Permission.HeldUp"/>).</para>
/// </remarks>
internal readonly unsafe struct ReaderWriterState(byte* start)
{
    private const int Writer = 0, Readers = 1, WaitingReaders = 2, WaitingWriters = 3, Turn = 4, PhaseWord = 5, Died = 6, Starving = 7;

    // A slot's word: readers, waiting readers and waiting writers of a process, 20 bits each.
    private const int FieldBits = 20, MostOfOneProcess = (1 << FieldBits) - 1;

    private const long OneReader = 1, OneWaitingReader = 1L << FieldBits, OneWaitingWriter = 1L << (2 * FieldBits);

    private readonly StateWords _words = new(start);

    internal int CurrentReaderCount => (int)_words[Readers];

    /// <summary>The slot of the process that writes; 0 for none.</summary>
    internal int WriterSlot => (int)_words[Writer];

    /// <summary>How many writers have left.</summary>
    internal long Phase => _words[PhaseWord];

    internal Permission ToRead(long? queuedIn)
    {
        if (_words[Writer] != 0)
            return Permission.Taken;
        if (_words[WaitingWriters] == 0 || (queuedIn is { } phase && phase != Phase))
            return Permission.Free;
        return _words[Readers] == 0 ? Permission.HeldUp : Permission.Taken;
    }

    internal Permission ToWrite(bool hasSlept)
    {
        if (_words[Writer] != 0 || _words[Readers] != 0)
            return Permission.Taken;
        return _words[Turn] > 0 || (_words[Starving] != 0 && !hasSlept) ? Permission.HeldUp : Permission.Free;
    }

    /// <summary>Whether readers may go now who sleep.</summary>
    internal bool AwaitsReaders => _words[Writer] == 0 && _words[WaitingReaders] > 0 && (_words[Turn] > 0 || _words[WaitingWriters] == 0);

    /// <summary>Whether a writer may go now who sleeps.</summary>
    internal bool AwaitsWriter => _words[Writer] == 0 && _words[Readers] == 0 && _words[WaitingWriters] > 0;

    /// <returns>The process of a writer that died, and no writer has been told of yet; 0 for none.</returns>
    internal int EnterRead(int slot, long? queuedIn)
    {
        Check();
        long own = OfSlot(slot), turn = _words[Turn];
        RequireRoom(own & MostOfOneProcess);
        var change = _words.Change();
        change.Set(StateWords.OfSlot(slot), own + OneReader - (queuedIn is null ? 0 : OneWaitingReader));
        change.Set(Readers, _words[Readers] + 1);
        if (queuedIn is { } phase)
        {
            change.Set(WaitingReaders, _words[WaitingReaders] - 1);
            if (phase != Phase && turn > 0)
                change.Set(Turn, turn - 1);
        }
        change.Commit();
        return (int)_words[Died];
    }

    /// <inheritdoc cref="EnterRead"/>
    internal int EnterWrite(int slot, bool isQueued, bool isStarving)
    {
        Check();
        int died = (int)_words[Died];
        var change = _words.Change();
        change.Set(Writer, slot);
        change.Set(Died, 0);
        if (isStarving)
            change.Set(Starving, 0);
        if (isQueued)
        {
            change.Set(StateWords.OfSlot(slot), OfSlot(slot) - OneWaitingWriter);
            change.Set(WaitingWriters, _words[WaitingWriters] - 1);
        }
        change.Commit();
        return died;
    }

    internal void ExitRead(int slot)
    {
        Check();
        long own = OfSlot(slot);
        if ((own & MostOfOneProcess) == 0 || _words[Readers] == 0)
            throw Membership.Scribbled("a lock that knows nothing of a reader of this process");
        var change = _words.Change();
        change.Set(StateWords.OfSlot(slot), own - OneReader);
        change.Set(Readers, _words[Readers] - 1);
        change.Commit();
    }

    internal void ExitWrite(int slot)
    {
        Check();
        if (_words[Writer] != slot)
            throw Membership.Scribbled("a lock that knows nothing of the writer, which is in this process");
        var change = _words.Change();
        change.Set(Writer, 0);
        change.Set(PhaseWord, Phase + 1);
        change.Set(Turn, _words[WaitingReaders]);
        change.Commit();
    }

    /// <returns>The phase in which it queued.</returns>
    internal long QueueRead(int slot)
    {
        Queue(slot, WaitingReaders, OneWaitingReader);
        return Phase;
    }

    internal void QueueWrite(int slot) => Queue(slot, WaitingWriters, OneWaitingWriter);

    internal void UnqueueRead(int slot, long queuedIn)
    {
        Check();
        var change = _words.Change();
        change.Set(StateWords.OfSlot(slot), OfSlot(slot) - OneWaitingReader);
        change.Set(WaitingReaders, _words[WaitingReaders] - 1);
        if (queuedIn != Phase && _words[Turn] > 0)
            change.Set(Turn, _words[Turn] - 1);
        change.Commit();
    }

    internal void UnqueueWrite(int slot, bool isStarving)
    {
        Check();
        var change = _words.Change();
        change.Set(StateWords.OfSlot(slot), OfSlot(slot) - OneWaitingWriter);
        change.Set(WaitingWriters, _words[WaitingWriters] - 1);
        if (isStarving)
            change.Set(Starving, 0);
        change.Commit();
    }

    /// <summary>Has newcomers among the writers let those by that have slept.</summary>
    internal void MarkStarving()
    {
        var change = _words.Change();
        change.Set(Starving, 1);
        change.Commit();
    }

    /// <summary>A member has died or leaves.</summary>
    internal void Abandon(int slot)
    {
        var change = _words.Change();
        if (_words[Writer] == slot)
        {
            change.Set(Writer, 0);
            change.Set(PhaseWord, Phase + 1);
            change.Set(Died, _words.ProcessOf(slot));
        }
        var sums = Sum(without: slot);
        change.Set(StateWords.OfSlot(slot), 0);
        change.Set(Readers, sums.Readers);
        change.Set(WaitingReaders, sums.WaitingReaders);
        change.Set(WaitingWriters, sums.WaitingWriters);
        // Whose turn it was is not known any more; those readers go as soon as they wake, but no writer waits for it.
        change.Set(Turn, 0);
        change.Set(Starving, 0);
        change.Commit();
    }

    /// <summary>Whether the sums are right: otherwise somebody may wait for ever.</summary>
    /// <exception cref="InvalidDataException">Not so.</exception>
    internal void Audit()
    {
        Check();
        if (Sum(without: 0) != (_words[Readers], _words[WaitingReaders], _words[WaitingWriters]))
            throw Membership.Scribbled("a lock that counts wrongly");
    }

    private void Queue(int slot, int sum, long one)
    {
        Check();
        long own = OfSlot(slot);
        RequireRoom((own / one) & MostOfOneProcess);
        var change = _words.Change();
        change.Set(StateWords.OfSlot(slot), own + one);
        change.Set(sum, _words[sum] + 1);
        change.Commit();
    }

    private long OfSlot(int slot) => _words[StateWords.OfSlot(slot)];

    private (long Readers, long WaitingReaders, long WaitingWriters) Sum(int without)
    {
        long readers = 0, waitingReaders = 0, waitingWriters = 0;
        for (int slot = 1; slot <= SegmentLayout.MostMembers; slot++)
        {
            long word = slot == without ? 0 : OfSlot(slot);
            readers += word & MostOfOneProcess;
            waitingReaders += (word >> FieldBits) & MostOfOneProcess;
            waitingWriters += (word >> (2 * FieldBits)) & MostOfOneProcess;
        }
        return (readers, waitingReaders, waitingWriters);
    }

    private static void RequireRoom(long count)
    {
        if (count == MostOfOneProcess)
            throw new InvalidOperationException($"One process enters a lock at most {MostOfOneProcess} times at once.");
    }

    private void Check()
    {
        if (_words[Writer] is < 0 or > SegmentLayout.MostMembers || _words[Readers] < 0 || _words[WaitingReaders] < 0 || _words[WaitingWriters] < 0 || (_words[Writer] != 0 && _words[Readers] != 0)
            || _words[Turn] < 0 || _words[Turn] > _words[WaitingReaders] || Phase < 0)
            throw Membership.Scribbled("a reader-writer lock in an impossible state");
    }
}
