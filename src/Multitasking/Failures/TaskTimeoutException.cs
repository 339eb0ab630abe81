namespace Multitasking;

/// <summary>A call did not end within its time limit, and was ended: asked first, then by SIGTERM, then by SIGKILL.</summary>
public sealed class TaskTimeoutException : MultitaskingException
{
    internal TaskTimeoutException(string target, TimeSpan timeout)
        : base($"{target} did not end within its time limit of {timeout.TotalSeconds:0.###} s; its process was ended.")
    {
        Target = target;
        Timeout = timeout;
    }

    /// <summary>What was running, as <c>Type.Method</c>.</summary>
    public string Target { get; }

    /// <summary>The limit that passed.</summary>
    public TimeSpan Timeout { get; }
}
