namespace Multitasking.Synchronization;

/// <summary>What becomes of a <see cref="ProcessEvent"/> when it has let somebody through.</summary>
public enum EventReset
{
    /// <summary>It stays set and lets everybody through, until somebody resets it.</summary>
    Manual,

    /// <summary>It is reset: each time it is set, it lets exactly one through.</summary>
    Auto,
}
