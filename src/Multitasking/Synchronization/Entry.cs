namespace Multitasking.Synchronization;

/// <summary>A lock that was entered.</summary>
/// <param name="Number">Which of this process' entries it is; never 0.</param>
/// <param name="OwnerDied">Whether the owner before it died.</param>
internal readonly record struct Entry(long Number, bool OwnerDied);
