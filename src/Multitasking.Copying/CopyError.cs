namespace Multitasking.Copying;

/// <summary>One entry that was not copied, or not completely.</summary>
/// <param name="Path">The entry's path in the source, below the source as it was given; byte for byte, and safe to print.</param>
/// <param name="Kind">What sort of problem it is.</param>
/// <param name="Reason">The problem in words for a person; one line, safe to print.</param>
/// <param name="ErrorNumber">The system's error number (<c>errno</c>), or 0 where no system call failed.</param>
public sealed record CopyError(FilePath Path, CopyErrorKind Kind, string Reason, int ErrorNumber)
{
    /// <summary>How often the entry has been tried: 1 at first. See <see cref="CopyOptions.OnError"/>.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Whether the entry can be tried again: otherwise <see cref="CopyErrorAction.Retry"/> is <see cref="CopyErrorAction.Skip"/>.</summary>
    public bool CanRetry { get; init; } = true;

    /// <summary>Path and reason on one line that is safe to print.</summary>
    /// <returns>For example <c>photos/a.jpg: cannot read: Permission denied</c>.</returns>
    public override string ToString() => $"{Path}: {Reason}";
}
