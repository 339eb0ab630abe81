using System.Diagnostics;
using Multitasking.Synchronization;

namespace Multitasking.Copying;

/// <summary>
/// Halts copies and lets them go on: give it to them as <see cref="CopyOptions.Pause"/>. Workers stop before their next file, or within a large one, and keep what they have.
/// </summary>
/// <remarks>Thread-safe. One may serve several copies, whose worker processes it reaches too.</remarks>
public sealed class CopyPause : IDisposable
{
    private readonly object _lock = new();
    private bool _isPaused;
    private ProcessEvent? _shared;
    private long _pausedAt;
    private TimeSpan _stoodStill;

    /// <summary>Whether copies are to stand still.</summary>
    public bool IsPaused => Volatile.Read(ref _isPaused);

    /// <summary>Makes copies stand still until <see cref="Resume"/>.</summary>
    public void Pause()
    {
        lock (_lock)
        {
            if (!_isPaused)
                _pausedAt = Stopwatch.GetTimestamp();
            _isPaused = true;
            _shared?.Reset();
        }
    }

    /// <summary>Lets copies go on.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            if (_isPaused)
                _stoodStill += Stopwatch.GetElapsedTime(_pausedAt);
            _isPaused = false;
            _shared?.Set();
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Gives back what it shares with worker processes. The copies that use it must have ended.</summary>
    public void Dispose() => _shared?.Dispose();

    /// <summary>How long copies were to stand still so far.</summary>
    internal TimeSpan StoodStill
    {
        get
        {
            lock (_lock)
                return _isPaused ? _stoodStill + Stopwatch.GetElapsedTime(_pausedAt) : _stoodStill;
        }
    }

    /// <summary>What worker processes look at: set while copies may run.</summary>
    internal ProcessEvent Shared()
    {
        lock (_lock)
            return _shared ??= new ProcessEvent(EventReset.Manual, isSet: !_isPaused);
    }

    /// <summary>Waits, on a thread of this process, until the copy may go on, at most as long as the limit.</summary>
    /// <returns>Whether it may.</returns>
    internal bool Wait(TimeSpan limit)
    {
        lock (_lock)
            return !_isPaused || (Monitor.Wait(_lock, limit) && !_isPaused);
    }
}
