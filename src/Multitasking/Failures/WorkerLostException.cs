namespace Multitasking;

/// <summary>
/// A worker ended without an answer: killed, crashed, out of memory, or by <see cref="Environment.Exit"/> in its target.
/// Only what it was running is lost.
/// </summary>
public sealed class WorkerLostException : MultitaskingException
{
    internal WorkerLostException(string message, string target, int? processId, int? exitCode, Exception? innerException = null)
        : base(message, innerException)
    {
        Target = target;
        ProcessId = processId;
        ExitCode = exitCode;
    }

    /// <summary>What the worker was running, as <c>Type.Method</c>.</summary>
    public string Target { get; }

    /// <summary>The id the process had, or <see langword="null"/> when it never came to life.</summary>
    public int? ProcessId { get; }

    /// <summary>How it ended: the exit code, minus the signal's number when a signal ended it, or <see langword="null"/> when that is not known.</summary>
    public int? ExitCode { get; }
}
