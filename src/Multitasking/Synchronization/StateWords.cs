using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>The state of a lock as words of 8 bytes, by number: a few for all, then one for each member. Read by anybody, changed under the state lock and through a <see cref="Journal"/>.</summary>
internal readonly unsafe struct StateWords(byte* start)
{
    private const int FirstOfSlots = 16;

    /// <summary>One word, whole, and before anything that is read later.</summary>
    internal long this[int number] => Volatile.Read(ref *(long*)(start + OffsetOf(number)));

    /// <summary>The number of a member's word; slots begin at 1.</summary>
    internal static int OfSlot(int slot) => FirstOfSlots + slot;

    internal static int OffsetOf(int number) => SegmentLayout.State + (number * sizeof(long));

    internal StateChange Change() => new(new Journal(start));

    /// <inheritdoc cref="Membership.ProcessOf"/>
    internal int ProcessOf(int slot) => Membership.ProcessOf(start, slot);

    /// <inheritdoc cref="Membership.IsLeavingInOrder"/>
    internal bool IsLeavingInOrder(int slot) => Membership.IsLeavingInOrder(start, slot);
}
