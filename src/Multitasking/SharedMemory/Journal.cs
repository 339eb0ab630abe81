namespace Multitasking.SharedMemory;

/// <summary>
/// Several words that change together, whatever instruction their writer is killed at: the new values are noted, the note is made valid by one store, then they are written. Who takes over from a
/// dead writer writes what a valid note says, once more if need be (redo logging). Under the state lock.
/// </summary>
internal unsafe struct Journal(byte* start)
{
    private readonly byte* _start = start;
    private int _count;

    private readonly int* ValidEntries => (int*)(_start + SegmentLayout.Journal);

    private readonly long* Entry(int number) => (long*)(_start + SegmentLayout.Journal + 8) + (2 * number);

    /// <summary>Notes what a word of the object's state shall become.</summary>
    /// <param name="offset">Where it stands in the memory; a multiple of 8.</param>
    /// <param name="value">The value.</param>
    internal void Set(int offset, long value)
    {
        if (_count == SegmentLayout.MostJournalEntries)
            throw new InvalidOperationException("A change of more words than a journal holds.");
        long* entry = Entry(_count++);
        entry[0] = offset;
        entry[1] = value;
    }

    /// <summary>Makes the changes.</summary>
    internal void Commit()
    {
        // A release store: on arm64, too, no other core sees the note valid before its entries are. Killed before it, nothing has happened; after it, all of it will have.
        Volatile.Write(ref *ValidEntries, _count);
        Apply(_count);
        _count = 0;
        Volatile.Write(ref *ValidEntries, 0);
    }

    /// <summary>Finishes the changes of a writer that has died.</summary>
    /// <exception cref="InvalidDataException">The journal was scribbled over.</exception>
    internal readonly void Replay()
    {
        int count = Volatile.Read(ref *ValidEntries);
        if (count == 0)
            return;
        if ((uint)count > SegmentLayout.MostJournalEntries)
            throw Membership.Scribbled($"a journal of {count} entries");
        Apply(count);
        Volatile.Write(ref *ValidEntries, 0);
    }

    private readonly void Apply(int count)
    {
        for (int i = 0; i < count; i++)
        {
            long offset = Entry(i)[0];
            if (offset < SegmentLayout.State || offset > SegmentLayout.Size - sizeof(long) || offset % sizeof(long) != 0)
                throw Membership.Scribbled($"a journal that writes to {offset}");
            Volatile.Write(ref *(long*)(_start + offset), Entry(i)[1]);
        }
    }
}
