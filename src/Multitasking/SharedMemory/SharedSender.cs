namespace Multitasking.SharedMemory;

/// <summary>Who sent a shared object on, among the members of its memory. By the time that it arrives the slot may be another process'.</summary>
/// <param name="Slot">Its slot; 0 where the memory has no members.</param>
/// <param name="Stamp">The process.</param>
internal readonly record struct SharedSender(int Slot, long Stamp);
