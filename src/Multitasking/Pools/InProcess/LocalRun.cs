using System.Diagnostics;

namespace Multitasking.Pools.InProcess;

/// <summary>
/// One task while its calls run in this process, one after another: asks the one that takes too long or is cancelled to give way, gives it up if it does not, and decides
/// whose outcome counts. One side runs it; the others (timer, cancellation, abort) may come at any moment.
/// </summary>
internal sealed class LocalRun : IRunGate, IDisposable
{
    private readonly Lock _lock = new();
    private readonly PoolOptions _options;
    private readonly TimeSpan? _grace;
    private readonly Action<LocalRun> _giveUp;
    private readonly long _takenAt = Stopwatch.GetTimestamp();
    private Phase _phase;
    private bool _isDisposed;
    private volatile bool _isCancelled;
    private long _begunAt;
    private long? _askedAt;
    private CancellationTokenSource? _termination;
    private Timer? _timer;
    private bool _isTimerArmed;

    /// <param name="task">Its task.</param>
    /// <param name="engine">Its pool.</param>
    /// <param name="grace">How long a call that was asked to end may take; <see langword="null"/> for as long as it wants.</param>
    /// <param name="giveUp">Called once if the run is given up, from any thread; the task is in the hands of the called one then.</param>
    internal LocalRun(PoolTask task, PoolEngine engine, TimeSpan? grace, Action<LocalRun> giveUp)
    {
        Task = task;
        Mark = new RunMark(engine);
        _options = engine.Options;
        _grace = grace;
        _giveUp = giveUp;
        // What is left of a chunk was begun with it.
        if (task.Answered == 0)
            task.NoteStarted(_takenAt);
    }

    private enum Phase
    {
        Between,
        Running,

        /// <summary>The time limit has passed; the call may still end, and fails.</summary>
        Late,
        GivenUp,
    }

    internal PoolTask Task { get; }

    internal RunMark Mark { get; }

    /// <summary>How long ago it began.</summary>
    internal TimeSpan Age => Stopwatch.GetElapsedTime(_takenAt);

    /// <summary>Whether no further call of the task is wanted.</summary>
    internal bool IsCancelled => _isCancelled;

    /// <summary>Whether the call that was given up had outlived its time limit.</summary>
    internal bool WasLate { get; private set; }

    /// <summary>The token for the next call.</summary>
    internal CancellationToken NextToken()
    {
        // Where the target takes none, nobody could look at it.
        if (!Task.Info.TakesToken)
            return CancellationToken.None;
        lock (_lock)
        {
            if (_termination is null or { IsCancellationRequested: true })
                _termination = new CancellationTokenSource();
            return _termination.Token;
        }
    }

    public bool TryBegin()
    {
        lock (_lock)
        {
            if (_isCancelled)
                return false;
            _phase = Phase.Running;
            if (_options.TaskTimeout is { } limit)
            {
                _begunAt = Stopwatch.GetTimestamp();
                // It goes on from the last call: a timer per run, not one per call, for calls may be short and many.
                if (!_isTimerArmed)
                    Arm(limit);
            }
            return true;
        }
    }

    public bool TryFinish()
    {
        lock (_lock)
        {
            if (_phase == Phase.Running && !IsPastLimit)
            {
                _phase = Phase.Between;
                return true;
            }
            if (_phase == Phase.Running)
                _phase = Phase.Late;
            return false;
        }
    }

    /// <summary>The call has returned.</summary>
    /// <returns>Whether the task is still the caller's.</returns>
    internal bool TryEndCall()
    {
        lock (_lock)
        {
            if (_phase == Phase.GivenUp)
                return false;
            if (_phase != Phase.Late)
                return true;
            _phase = Phase.Between;
            if (!_isCancelled)
                _askedAt = null;
        }
        Task.Fail(Timeout("it ended too late"));
        return true;
    }

    /// <summary>Asks what runs to give way, and gives it up after the grace.</summary>
    internal void Cancel()
    {
        lock (_lock)
        {
            if (_isCancelled || _isDisposed || _phase == Phase.GivenUp)
                return;
            _isCancelled = true;
            if (_askedAt is null)
                Ask();
        }
    }

    /// <summary>Asks what runs to give way, and gives it up at once.</summary>
    internal void Abort()
    {
        lock (_lock)
        {
            if (_isDisposed || _phase == Phase.GivenUp)
                return;
            _isCancelled = true;
            _ = _termination?.CancelAsync();
            if (_phase == Phase.Between)
                return;
            GiveUp();
        }
        _giveUp(this);
    }

    /// <summary>The run is over; what comes late does nothing any more. Called by whoever holds the task.</summary>
    public void Dispose()
    {
        Task.RunTicks += Stopwatch.GetTimestamp() - _takenAt;
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
        Mark.End();
    }

    internal TaskTimeoutException Timeout(string consequence) => new(Task.Info.Name, _options.TaskTimeout!.Value, consequence);

    private bool IsPastLimit =>
        !_isCancelled && _options.TaskTimeout is { } limit && Stopwatch.GetElapsedTime(_begunAt) >= limit && !Debugger.IsAttached;

    private void OnTimer()
    {
        lock (_lock)
        {
            _isTimerArmed = false;
            if (_isDisposed || _phase is Phase.Between or Phase.GivenUp)
                return;
            if (_askedAt is not { } askedAt)
            {
                if (!IsPastLimit)
                {
                    var left = _options.TaskTimeout!.Value - Stopwatch.GetElapsedTime(_begunAt);
                    // The limit has passed already where a debugger keeps it off.
                    Arm(left > TimeSpan.Zero ? left : _options.TaskTimeout.Value);
                    return;
                }
                _phase = Phase.Late;
                Ask();
                return;
            }
            if (_grace is not { } grace)
                return;
            var rest = grace - Stopwatch.GetElapsedTime(askedAt);
            if (rest > TimeSpan.Zero)
            {
                Arm(rest);
                return;
            }
            GiveUp();
        }
        _giveUp(this);
    }

    private void Ask()
    {
        _askedAt = Stopwatch.GetTimestamp();
        // Asynchronously, for what the target registered is its own code: it may block, throw, or end this very run.
        _ = _termination?.CancelAsync();
        if (_grace is { } grace)
            Arm(grace);
    }

    private void GiveUp()
    {
        WasLate = _phase == Phase.Late;
        _phase = Phase.GivenUp;
    }

    private void Arm(TimeSpan after)
    {
        _isTimerArmed = true;
        // Rounded up, or the timer would come just before the time and be set once more.
        long milliseconds = (long)Math.Ceiling(after.TotalMilliseconds);
        if (_timer is null)
            _timer = new Timer(static run => ((LocalRun)run!).OnTimer(), this, milliseconds, System.Threading.Timeout.Infinite);
        else
            _timer.Change(milliseconds, System.Threading.Timeout.Infinite);
    }
}
