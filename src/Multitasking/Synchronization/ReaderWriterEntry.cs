namespace Multitasking.Synchronization;

/// <summary>A reader-writer lock that was entered.</summary>
/// <param name="Token">Which hold of this process it is.</param>
/// <param name="OwnerDied">Whether a writer before it died.</param>
internal readonly record struct ReaderWriterEntry(HoldToken Token, bool OwnerDied);
