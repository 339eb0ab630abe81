using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>One of the signals that a <see cref="ProcessCountdown"/> waits for, in the hands of a process: given when this is disposed, or when the process ends, however it does.</summary>
/// <remarks>All members can be used from any thread. It does not travel to other processes.</remarks>
public sealed class CountdownPart : IDisposable
{
    private readonly SegmentLease _lease;
    private readonly CountdownCore _core;
    private readonly long _round;
    private int _isSignalled;

    internal CountdownPart(SegmentLease lease, CountdownCore core, long round)
    {
        _lease = lease;
        _core = core;
        _round = round;
    }

    /// <summary>Signals. Does nothing the second time, and when the countdown was reset since.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isSignalled, 1) != 0)
            return;
        // A share of its own keeps this process a member until here, whatever becomes of the countdown's object.
        using (_lease)
        using (_lease.Use(this))
            _core.SignalPart(_round);
    }
}
