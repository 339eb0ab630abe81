namespace Multitasking.Synchronization;

/// <summary>A <see cref="ProcessMutex"/> that was entered; disposing of it leaves the mutex. For <c>using</c>.</summary>
/// <remarks>Disposing of it again, also of a copy, does nothing. Disposing of it after the mutex was disposed of does nothing either.</remarks>
public readonly struct MutexHold : IDisposable
{
    // The mutex itself: dropped by everybody else, it must not be collected while it is held.
    private readonly ProcessMutex? _mutex;
    private readonly Entry _entry;

    internal MutexHold(ProcessMutex mutex, Entry entry)
    {
        _mutex = mutex;
        _entry = entry;
    }

    /// <summary>
    /// Whether the process that held the mutex before died, exited or disposed of the mutex without leaving it: what the mutex guards may be half done, and whoever sees this is the only one who is told.
    /// </summary>
    public bool OwnerDied => _entry.OwnerDied;

    /// <summary>Leaves the mutex.</summary>
    /// <exception cref="SynchronizationLockException">The mutex is recursive and was entered on another thread.</exception>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public void Dispose() => _mutex?.Exit(_entry);
}
