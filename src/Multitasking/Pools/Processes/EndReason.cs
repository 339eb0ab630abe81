namespace Multitasking.Pools.Processes;

/// <summary>Why the call that a worker runs is being ended.</summary>
internal enum EndReason
{
    None,
    Cancelled,
    TimedOut,
}
