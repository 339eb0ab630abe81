namespace Multitasking.Synchronization;

/// <summary>Whether one may enter a reader-writer lock.</summary>
internal enum Permission
{
    /// <summary>At once.</summary>
    Free,

    /// <summary>Nobody is in it who forbids it, but others should go first. They may not come, so only for a while.</summary>
    HeldUp,

    /// <summary>No.</summary>
    Taken,
}
