using Multitasking.Copying.Parts;

namespace Multitasking.Copying.Workers;

/// <summary>Sees whether a worker process gets any further, by what it reports, and cancels its task when it does not.</summary>
/// <remarks>It looks several times before it is sure: time in which this process itself was stopped, by Ctrl-Z perhaps, is one look and no more.</remarks>
internal sealed class StallWatch : IDisposable
{
    private const int Looks = 10;

    private readonly CancellationTokenSource _cancel;
    private readonly Func<bool> _isPaused;
    private readonly Timer _timer;
    private (int Reached, long Bytes) _last = (-1, -1);
    private int _looks;
    private volatile bool _isHeld;

    internal StallWatch(TimeSpan limit, Func<bool> isPaused, CancellationToken stop)
    {
        _isPaused = isPaused;
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var interval = TimeSpan.FromMilliseconds(Math.Max(1, limit.TotalMilliseconds / Looks));
        _timer = new Timer(static self => ((StallWatch)self!).Look(), this, interval, interval);
    }

    /// <summary>Cancelled when it gets no further, and when the run ends.</summary>
    internal CancellationToken Token => _cancel.Token;

    /// <summary>Whether it got no further.</summary>
    internal bool HasStalled { get; private set; }

    /// <summary>Does not count until the next report: it is this process that takes its time.</summary>
    internal void Hold() => _isHeld = true;

    /// <summary>Takes a report into account: only one that says more than the last is progress.</summary>
    internal void See(PartReport report)
    {
        _isHeld = false;
        (int, long) now = (report.Reached, report.Done.BytesCopied + report.BytesInFlight);
        if (now == _last)
            return;
        _last = now;
        Volatile.Write(ref _looks, 0);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _cancel.Dispose();
    }

    private void Look()
    {
        if (_isHeld)
            return;
        if (_isPaused())
        {
            Volatile.Write(ref _looks, 0);
            return;
        }

        if (Interlocked.Increment(ref _looks) != Looks)
            return;
        HasStalled = true;
        // The timer may fire while this is being disposed of: then the task has ended.
        try
        {
            _cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            HasStalled = false;
        }
    }
}
