using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Reporting;

/// <summary>The problems of a run, in the order in which they were met.</summary>
internal sealed class ErrorLog(Action<CopyError>? listener)
{
    private readonly Lock _lock = new();
    private readonly List<CopyError> _errors = [];

    internal int Count
    {
        get
        {
            lock (_lock)
                return _errors.Count;
        }
    }

    internal void Add(FilePath path, Fault fault) => Add(fault.At(path));

    internal void Add(CopyError error)
    {
        lock (_lock)
        {
            _errors.Add(error);
            listener?.Invoke(error);
        }
    }

    internal CopyError[] ToArray()
    {
        lock (_lock)
            return [.. _errors];
    }
}
