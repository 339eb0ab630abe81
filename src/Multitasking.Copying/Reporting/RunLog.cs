using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Reporting;

/// <summary>The problems of a run in the order in which they were met, who decides about them, and who is told what happens. Thread-safe.</summary>
internal sealed class RunLog(Func<CopyError, CopyErrorAction>? onError, EventQueue? events)
{
    private readonly Lock _lock = new();
    private readonly List<CopyError> _errors = [];

    /// <summary>Called, once or more, when somebody decides to stop.</summary>
    internal Action? Stopping { get; set; }

    /// <summary>Whether somebody decided to stop.</summary>
    internal bool IsStopped { get; private set; }

    /// <summary>Whether anybody wants to know of each entry.</summary>
    internal bool TellsEvents => events is not null;

    internal int Count
    {
        get
        {
            lock (_lock)
                return _errors.Count;
        }
    }

    /// <summary>Adds a problem for good, unless it is decided to try again.</summary>
    /// <returns>Whether to try again.</returns>
    internal bool Add(FilePath path, Fault fault, int attempt = 1)
    {
        CopyError error = fault.At(path) with { Attempt = attempt };
        lock (_lock)
        {
            switch (onError?.Invoke(error) ?? CopyErrorAction.Skip)
            {
                case CopyErrorAction.Retry when !IsStopped:
                    return true;
                case CopyErrorAction.Stop:
                    IsStopped = true;
                    break;
            }

            _errors.Add(error);
        }

        events?.Add(new CopyEvent { Kind = CopyEventKind.Failed, Path = path, Error = error, Reason = error.Reason });
        if (IsStopped)
            Stopping?.Invoke();
        return false;
    }

    /// <summary>The same for what cannot be tried again.</summary>
    internal void AddForGood(FilePath path, Fault fault) => _ = Add(path, fault);

    /// <summary>Tells of an entry that no problem was met with.</summary>
    internal void Tell(CopyEventKind kind, FilePath path, long bytes = 0, string? reason = null) =>
        events?.Add(new CopyEvent { Kind = kind, Path = path, Bytes = bytes, Reason = reason });

    internal CopyError[] ToArray()
    {
        lock (_lock)
            return [.. _errors];
    }
}
