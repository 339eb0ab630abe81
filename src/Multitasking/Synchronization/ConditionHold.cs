namespace Multitasking.Synchronization;

/// <summary>A <see cref="ProcessCondition"/> that was entered; disposing of it leaves the condition's lock. For <c>using</c>.</summary>
/// <remarks>Disposing of it again, also of a copy, does nothing. Disposing of it after the condition was disposed of does nothing either.</remarks>
public readonly struct ConditionHold : IDisposable
{
    // The condition itself: dropped by everybody else, it must not be collected while it is held.
    private readonly ProcessCondition? _condition;
    private readonly Entry _entry;

    internal ConditionHold(ProcessCondition condition, Entry entry)
    {
        _condition = condition;
        _entry = entry;
    }

    /// <summary>
    /// Whether a process that held the lock before died, exited or disposed of the condition without leaving it: before this one entered, or while it waited inside. What the lock guards may be half done.
    /// </summary>
    public bool OwnerDied => _entry.OwnerDied || _condition?.HasOwnerDied(_entry) == true;

    /// <summary>Leaves the lock.</summary>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public void Dispose() => _condition?.Exit(_entry);
}
