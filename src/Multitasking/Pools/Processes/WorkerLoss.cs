using Multitasking.Children;
using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;

namespace Multitasking.Pools.Processes;

/// <summary>
/// All that is known of the end of one worker, and how it is told. Written by the monitor and by whatever hears the worker.
/// </summary>
/// <param name="worker">The worker.</param>
/// <param name="initializer">What it makes first; <see langword="null"/> for nothing.</param>
internal sealed class WorkerLoss(WorkerProcess worker, Action? initializer)
{
    private ReadOnlyMemory<byte>? _startFailure;
    private ReadOnlyMemory<byte>? _brokenBy;
    private Exception? _error;

    /// <summary>Its exit code; <see langword="null"/> while that is not known.</summary>
    internal int? ExitCode { get; set; }

    /// <summary>A sentence about a worker that SIGKILL did not end; <see langword="null"/> for any other.</summary>
    internal string? Stuck { get; private set; }

    internal bool IsStuck => Stuck is not null;

    /// <summary>The fault that it told: as text, which is all that can be read at any place.</summary>
    private Exception? Cause => _error ?? (_brokenBy is { } failure ? FailureCodec.ReadText(failure, worker.Name, worker.Id ?? 0) : null);

    /// <summary>Notes what was wrong with what it sent, or with its start; the first counts.</summary>
    internal void Note(Exception? error) => _error ??= error;

    /// <summary>It said why it fails.</summary>
    internal void Note(ReadOnlyMemory<byte> failure)
    {
        if (!worker.IsReady)
            _startFailure = failure;
        else
            // Of the loop that takes tasks, which a task must have broken: it says more than the end that follows.
            _brokenBy ??= failure;
    }

    /// <summary>SIGKILL has not ended it.</summary>
    internal void NoteStuck(string description)
    {
        Stuck = description;
        Note(new WorkerLostException($"{worker.Name} was given up: {description}.", worker.Name, worker.Id, exitCode: null));
    }

    /// <summary>Makes the exception of a call that it was running.</summary>
    internal WorkerLostException Of(Order order, string when, Exception? inner)
    {
        bool isOver = worker.HasEnded && !IsStuck;
        string how = isOver ? ExitStatus.Describe(ExitCode) : "was given up", target = order.Task.Info.Name;
        return new WorkerLostException(
            $"{worker.Name} (process {worker.Id}), running {target}, {how} {when}.", target, worker.Id, isOver ? ExitCode : null, inner ?? Cause);
    }

    /// <summary>Finds out why it did not come to life. Reading what it said may call code of the user.</summary>
    internal Lazy<Exception> WhyNotAlive() => new(FindWhyNotAlive);

    private Exception FindWhyNotAlive()
    {
        if (_startFailure is { } failure)
            return ReadFailure(failure);
        if (worker.Id is null && _error is not null)
            return _error;
        string running = initializer is null ? "nothing yet" : TypeNames.Of(initializer.Method);
        string how = IsStuck ? "was given up" : ExitStatus.Describe(ExitCode);
        return new WorkerLostException(
            $"{worker.Name} (process {worker.Id}), running {running}, {how} before it took a task.", running, worker.Id, ExitCode, Cause);
    }

    private Exception ReadFailure(ReadOnlyMemory<byte> failure)
    {
        try
        {
            var types = new ChildTypes(worker.Budget, initializer is null ? Trust.None : TargetInfo.Of(initializer).Trust);
            return FailureCodec.Read(failure, types, worker.Name, worker.Id ?? 0);
        }
        catch (InvalidDataException exception)
        {
            return exception;
        }
    }
}
