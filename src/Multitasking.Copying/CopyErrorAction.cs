namespace Multitasking.Copying;

/// <summary>What to do about a problem with one entry.</summary>
public enum CopyErrorAction
{
    /// <summary>The problem is kept in <see cref="CopyResult.Errors"/>, and the rest goes on.</summary>
    Skip,

    /// <summary>The entry is tried again, after <see cref="CopyOptions.RetryWait"/>.</summary>
    Retry,

    /// <summary>The problem is kept and nothing new is begun: the copy ends with what it has (<see cref="CopyResult.IsStopped"/>).</summary>
    Stop,
}
