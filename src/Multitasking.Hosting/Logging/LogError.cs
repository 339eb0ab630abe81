namespace Multitasking.Hosting.Logging;

/// <summary>An exception as text: the object may hold what cannot travel, and a sink wants to print it.</summary>
internal sealed class LogError
{
    private LogError(Exception exception)
    {
        Type = exception.GetType().FullName ?? exception.GetType().Name;
        Message = exception.Message;
        StackTrace = exception.StackTrace;
        Text = exception.ToString();
    }

    internal string Type { get; }

    internal string Message { get; }

    internal string? StackTrace { get; }

    internal string Text { get; }

    internal static LogError Of(Exception exception) => new(exception);
}
