namespace Multitasking;

/// <summary>
/// A phase of a barrier will not end: somebody gave up waiting, or broke it, or a process that takes part was killed. All who wait are told, and all who come, until the barrier is reset.
/// </summary>
public sealed class BarrierBrokenException : MultitaskingException
{
    internal BarrierBrokenException(string cause, int? processId = null)
        : base($"The barrier is broken: {cause}. Call Reset when nobody uses it any more as it was, or make a new one.") => ProcessId = processId;

    /// <summary>The process that was killed or crashed, where that was the cause; it may belong to another process by now.</summary>
    public int? ProcessId { get; }
}
