namespace Multitasking.Diagnostics;

/// <summary>How a task ended.</summary>
internal enum TaskOutcome
{
    Completed,
    Failed,
    Lost,
    TimedOut,
    Cancelled,
}
