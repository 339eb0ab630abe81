using Multitasking.Copying.Reporting;

namespace Multitasking.Copying.Workers;

/// <summary>
/// Says how many of the workers may work. It climbs: one or a quarter more for a while; if that copies a tenth more, it stays and goes on, else it goes back and waits longer before it tries
/// again. What is measured is files and bytes together, as small files cost calls and large ones bytes.
/// </summary>
internal sealed class WorkerGovernor(WorkerCount count)
{
    private const double WorthIt = 1.10;
    private const long BytesPerFile = 64 * 1024;
    private const int FirstPatience = 4;
    private const int LongestPatience = 64;

    private readonly object _lock = new();
    private int _allowed = count.First;
    private int _before = count.First;
    private double _rateBefore;
    private double _workBefore;
    private TimeSpan _at;
    private int _steps;
    private int _patience = FirstPatience;
    private bool _isTrying;
    private bool _isOver;

    /// <summary>How long a number is tried.</summary>
    internal static TimeSpan Step { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether there is anything to decide.</summary>
    internal bool CanAdapt => count.Most > count.First;

    /// <summary>How many may work now.</summary>
    internal int Allowed
    {
        get
        {
            lock (_lock)
                return _allowed;
        }
    }

    /// <summary>Waits until a worker may work.</summary>
    /// <param name="number">The worker, from 0 on.</param>
    /// <returns>False when the run is over.</returns>
    internal bool MayWork(int number)
    {
        lock (_lock)
        {
            while (number >= _allowed && !_isOver)
                Monitor.Wait(_lock);
            return !_isOver;
        }
    }

    /// <summary>Lets all workers that wait go home.</summary>
    internal void End()
    {
        lock (_lock)
        {
            _isOver = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Takes a measure. Called once a <see cref="Step"/>.</summary>
    /// <param name="done">What was done so far.</param>
    /// <param name="elapsed">Since the start.</param>
    internal void Measure(Tally done, TimeSpan elapsed)
    {
        lock (_lock)
        {
            double work = done.BytesCopied + (BytesPerFile * (double)(done.FilesCopied + done.FilesUnchanged + done.LinksCopied + done.FoldersCreated));
            double seconds = (elapsed - _at).TotalSeconds;
            if (seconds <= 0)
                return;
            double rate = (work - _workBefore) / seconds;
            _workBefore = work;
            _at = elapsed;
            Decide(rate);
        }
    }

    private void Decide(double rate)
    {
        if (_isTrying)
        {
            _isTrying = false;
            if (rate < _rateBefore * WorthIt)
            {
                _allowed = _before;
                _patience = Math.Min(2 * _patience, LongestPatience);
                _steps = 0;
                return;
            }

            _patience = FirstPatience;
            _steps = _patience;
        }

        _rateBefore = rate;
        if (++_steps < _patience || _allowed >= count.Most)
            return;
        _before = _allowed;
        _allowed = Math.Min(count.Most, _allowed + Math.Max(1, _allowed / 4));
        _isTrying = true;
        Monitor.PulseAll(_lock);
    }
}
