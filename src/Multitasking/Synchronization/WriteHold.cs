namespace Multitasking.Synchronization;

/// <summary>A <see cref="ProcessReaderWriterLock"/> that was entered to write: nobody else is in it. Disposing of it leaves the lock. For <c>using</c>.</summary>
/// <remarks>Disposing of it again, also of a copy, does nothing, nor after the lock was disposed of. On any thread of the process.</remarks>
public readonly struct WriteHold : IDisposable
{
    // The lock itself: dropped by everybody else, it must not be collected while it is held.
    private readonly ProcessReaderWriterLock? _lock;
    private readonly ReaderWriterEntry _entry;

    internal WriteHold(ProcessReaderWriterLock owner, ReaderWriterEntry entry)
    {
        _lock = owner;
        _entry = entry;
    }

    /// <summary>
    /// Whether a process died, exited or disposed of the lock while it was in it to write: what the lock guards may be half done. All readers are told until a writer has been, which is to put it in order.
    /// </summary>
    public bool OwnerDied => _entry.OwnerDied;

    /// <summary>Leaves the lock.</summary>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public void Dispose() => _lock?.Exit(_entry.Token, isWrite: true);
}
