namespace Multitasking;

/// <summary>
/// A call did not end within its time limit. In a process it was ended: asked first, then by SIGTERM, then by SIGKILL. In a thread it was asked, and given up if it did not give way.
/// </summary>
public sealed class TaskTimeoutException : MultitaskingException
{
    internal TaskTimeoutException(string target, TimeSpan timeout) : this(target, timeout, "it was ended")
    {
    }

    internal TaskTimeoutException(string target, TimeSpan timeout, string consequence)
        : base($"{target} did not end within its time limit of {timeout.TotalSeconds:0.###} s; {consequence}.")
    {
        Target = target;
        Timeout = timeout;
    }

    /// <summary>What was running, as <c>Type.Method</c>.</summary>
    public string Target { get; }

    /// <summary>The limit that passed.</summary>
    public TimeSpan Timeout { get; }
}
