using Multitasking.Copying.Reporting;

namespace Multitasking.Copying.Parts;

/// <summary>
/// Tells ten times a second how far a part is, from a thread of its own: in the middle of a large file nobody else has the time.
/// </summary>
internal sealed class PartReporter : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Tally _tally;
    private readonly IProgress<PartReport> _progress;
    private readonly List<PartError> _errors = [];
    private readonly List<PartEvent> _events = [];
    private readonly List<int> _kept = [];
    private readonly Tally _settled = new();
    private readonly Timer _timer;
    private int _reached;
    private bool _isOver;

    /// <summary>Begins to report.</summary>
    /// <param name="first">The part's first entry.</param>
    /// <param name="tally">What the copier counts in.</param>
    /// <param name="progress">Who is told.</param>
    internal PartReporter(int first, Tally tally, IProgress<PartReport> progress)
    {
        _reached = first;
        _tally = tally;
        _progress = progress;
        _timer = new Timer(static self => ((PartReporter)self!).Report(), this, s_interval, s_interval);
    }

    /// <summary>One more entry is settled.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="happened">What happened, for somebody who wants to know.</param>
    /// <param name="isKept">Whether something else stays in its place.</param>
    internal void Settle(PartError? error, PartEvent? happened, bool isKept)
    {
        lock (_lock)
        {
            if (isKept)
                _kept.Add(_reached);
            _reached++;
            _settled.Set(_tally);
            if (error is not null)
                _errors.Add(error);
            if (happened is not null)
                _events.Add(happened);
        }
    }

    /// <summary>What was not reported yet. Nothing is reported after it.</summary>
    internal PartReport Last()
    {
        lock (_lock)
        {
            _isOver = true;
            return Take();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Report()
    {
        // Reporting inside the lock keeps the reports in order, and a copier that is ahead of a slow listener waits for it.
        lock (_lock)
            if (!_isOver)
                _progress.Report(Take());
    }

    private PartReport Take()
    {
        var report = new PartReport(_reached, _settled.Copy(), Volatile.Read(ref _tally.BytesCopied) - _settled.BytesCopied, [.. _errors], [.. _events], [.. _kept]);
        _kept.Clear();
        _errors.Clear();
        _events.Clear();
        return report;
    }
}
