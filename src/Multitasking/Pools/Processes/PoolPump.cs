using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Multitasking.Children;
using Multitasking.Readers;
using static Multitasking.Interop.Constants;

namespace Multitasking.Pools.Processes;

/// <summary>
/// The thread of a pool that reads what its workers answer while no caller does so itself, and does what is due. It sleeps when there is
/// nothing.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Closed by its own thread, after the last look.")]
internal sealed class PoolPump(ProcessEngine engine)
{
    private const long IsAwake = long.MinValue;

    private readonly Lock _lock = new();
    private readonly Doorbell _doorbell = new();
    private readonly PollTable _table = new();
    private readonly StoppedTime _clock = new(isOfProgram: false);
    private long _sleepsUntil = IsAwake;
    private long _wantedBy = long.MaxValue;
    private volatile bool _isRunning;
    private bool _hasEnded;

    /// <summary>Starts the thread, if it does not run and is not closed.</summary>
    /// <exception cref="OutOfMemoryException">The system has no thread to give; the next call tries again.</exception>
    internal void Start()
    {
        if (_isRunning)
            return;
        ReaderThreads.Prepare();
        lock (_lock)
        {
            if (_isRunning || _hasEnded)
                return;
            new Thread(Run, 512 << 10) { Name = $"Multitasking.{engine.Name}", IsBackground = true }.UnsafeStart();
            _isRunning = true;
        }
    }

    /// <summary>Has the thread look at everything.</summary>
    internal void Wake()
    {
        lock (_lock)
        {
            if (_hasEnded)
                return;
            _sleepsUntil = IsAwake;
            _doorbell.Ring();
        }
    }

    /// <summary>Sees to it that the thread is awake at a certain time.</summary>
    internal void WakeBy(long time)
    {
        long until = Volatile.Read(ref _sleepsUntil);
        if (until != IsAwake && until <= time)
            return;
        lock (_lock)
        {
            // It may be awake and have looked already: then it must not sleep longer than that.
            _wantedBy = Math.Min(_wantedBy, time);
            if (_sleepsUntil <= time || _hasEnded)
                return;
            _sleepsUntil = IsAwake;
            _doorbell.Ring();
        }
    }

    /// <summary>Closes a pump that was never started; it cannot be started any more.</summary>
    /// <returns><see langword="false"/> for one that runs, and ends by itself.</returns>
    internal bool TryClose()
    {
        lock (_lock)
        {
            if (!_isRunning)
                Close();
            return !_isRunning;
        }
    }

    private void Close()
    {
        Debug.Assert(_lock.IsHeldByCurrentThread);
        if (!_hasEnded)
            _doorbell.Dispose();
        _hasEnded = true;
    }

    private void Run()
    {
        while (true)
        {
            // Answers first: what is due may be a time limit that one of them kept.
            foreach (var worker in engine.Snapshot())
                ReadAll(worker);
            long next = engine.DoWhatIsDue(Stopwatch.GetTimestamp());
            var workers = engine.Snapshot();
            if (workers.Length == 0 && engine.HasEnded)
                break;
            Sleep(workers, next);
        }
        lock (_lock)
            Close();
        engine.OnPumpEnded();
    }

    private void ReadAll(WorkerProcess worker)
    {
        do
        {
            AnswerHearer.Watch(worker);
            engine.Read(worker, waits: true);
        }
        while (AnswerHearer.Unwatch(worker));
    }

    private void Sleep(WorkerProcess[] workers, long until)
    {
        _table.Clear();
        int own = _table.Add(_doorbell.Descriptor, POLLIN);
        foreach (var worker in workers)
            _table.Add(worker.Bell.Descriptor, POLLIN);
        lock (_lock)
        {
            _sleepsUntil = until = Math.Min(until, _wantedBy);
            _wantedBy = long.MaxValue;
        }
        if (engine.Options.TaskTimeout is null)
            _table.Wait(Milliseconds(until));
        else
            WaitAndNoteStops(Milliseconds(until));
        Volatile.Write(ref _sleepsUntil, IsAwake);
        if (_table.Occurred(own) != 0)
            _doorbell.Silence();
        for (int i = 0; i < workers.Length; i++)
            if (_table.Occurred(own + 1 + i) != 0)
                workers[i].Bell.Silence();
    }

    private void WaitAndNoteStops(int milliseconds)
    {
        _table.Wait(_clock.Bound(milliseconds));
        long now = Stopwatch.GetTimestamp();
        if (_clock.StoppedBefore(now) is > 0 and var stopped)
            engine.Stops.Add(now, stopped);
    }

    private static int Milliseconds(long until)
    {
        if (until == long.MaxValue)
            return -1;
        double left = (until - Stopwatch.GetTimestamp()) * 1000.0 / Stopwatch.Frequency;
        return (int)Math.Clamp(Math.Ceiling(left), 0, int.MaxValue);
    }
}
