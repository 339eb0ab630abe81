using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>A change of <see cref="StateWords"/>: all of it happens, or nothing.</summary>
internal struct StateChange(Journal journal)
{
    private Journal _journal = journal;

    internal void Set(int word, long value) => _journal.Set(StateWords.OffsetOf(word), value);

    internal void Commit() => _journal.Commit();
}
