namespace Multitasking.Hosting.Logging;

/// <summary>In the parent, an exception that a child logged: it prints as the original.</summary>
internal sealed class LoggedException(LogError error) : Exception(error.Message)
{
    public override string? StackTrace => error.StackTrace;

    public override string ToString() => error.Text;
}
