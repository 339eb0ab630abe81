namespace Multitasking.SharedMemory;

/// <summary>Where things stand in memory that has members; docs/protocol.md has the table.</summary>
internal static class SegmentLayout
{
    /// <summary>How many processes can use one object at the same time: a slot each, and number 0 means nobody.</summary>
    internal const int MostMembers = 255;

    // The header stands where slot 0 would.
    internal const int Kind = 0, Epoch = 4, RecoveryOwner = 8;

    internal const int SlotSize = 16, SlotRoles = 8, SlotInFlight = 12;

    /// <summary>Places to sleep at, a cache line each.</summary>
    internal const int WaitPoints = 4096, WaitPointSize = 64, MostWaitPoints = 8;

    /// <summary>The lock around states of more than one word.</summary>
    internal const int StateLock = WaitPoints + (MostWaitPoints * WaitPointSize);

    internal const int EverRoles = StateLock + 64, LostRoles = EverRoles + 4, LostMember = EverRoles + 8, Changes = EverRoles + 16;

    internal const int Journal = EverRoles + 64, MostJournalEntries = 16;

    /// <summary>What is the object's own.</summary>
    internal const int State = 5120;

    /// <summary>Enough for a lock; a channel's messages follow here.</summary>
    internal const int Size = 8192;
}
