namespace Multitasking.Hosting.Logging;

/// <summary>In the parent, an exception that a child logged: it prints as the original.</summary>
#pragma warning disable CA1064 // Nobody throws it, so nobody can want to catch it.
internal sealed class LoggedException(LogError error) : Exception(error.Message)
#pragma warning restore CA1064
{
    public override string? StackTrace => error.StackTrace;

    public override string ToString() => error.Text;
}
