using System.Diagnostics;
using Multitasking.Messaging;

namespace Multitasking.Objects;

/// <summary>
/// How far the requests to an object were read. A call with a token that comes to its turn waits until those were that lay in the ring by
/// then: one of them may say that the token is cancelled.
/// </summary>
/// <param name="requests">The ring that they come by, of which this process is the only reader.</param>
internal sealed class HeardRequests(ChannelCore requests)
{
    // One whose reading takes longer holds up nobody else (ReadingGuard).
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private RingPosition _heard = requests.Taken;

    /// <summary>All that was taken so far has been read.</summary>
    internal void Note()
    {
        lock (_gate)
        {
            _heard = requests.Taken;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until all was read that has been written by now.</summary>
    internal void Await()
    {
        var written = requests.Written;
        long begun = Stopwatch.GetTimestamp();
        lock (_gate)
            while (written.MessagesSince(_heard) is > 0 and <= RingPosition.MostMessages
                && s_patience - Stopwatch.GetElapsedTime(begun) is var left && left > TimeSpan.Zero)
                Monitor.Wait(_gate, left);
    }
}
