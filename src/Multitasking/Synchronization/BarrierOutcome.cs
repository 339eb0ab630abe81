namespace Multitasking.Synchronization;

/// <summary>What has become of a phase of a barrier: goes on, ended well, or why it will not. What stands in memory as the cause has the process above it, in the bits from 8.</summary>
internal enum BarrierOutcome
{
    Waits = 0,
    TimeLimit = 1,
    Cancellation = 2,
    Disposal = 3,
    Abort = 4,
    Death = 5,
    Departure = 6,
    Reset = 7,
    Passed = 8,
}
