using Microsoft.Extensions.Logging;

namespace Multitasking.Hosting.Logging;

/// <summary>In the child, a logger of its parent.</summary>
/// <param name="levels">A bit for each level that the original writes.</param>
/// <param name="original">Takes the records; <see langword="null"/> where no level is enabled.</param>
internal class RemoteLogger(byte levels, IProgress<LogRecord>? original) : ILogger
{
    // For all loggers, as those of one factory share theirs.
    private static readonly LoggerExternalScopeProvider s_scopes = new();

    internal LoggerSurrogate ToSurrogate() => new(GetType(), levels, original);

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Trace and < LogLevel.None && (levels & (1 << (int)logLevel)) != 0;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => s_scopes.Push(state);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!IsEnabled(logLevel))
            return;
        var scopes = new List<LogState>();
        s_scopes.ForEachScope(static (scope, all) => all.Add(LogState.Of(scope?.ToString(), scope)), scopes);
        original!.Report(new LogRecord
        {
            ProcessId = Environment.ProcessId,
            ProcessName = ChildProcess.Current.Name,
            Level = logLevel,
            EventId = eventId.Id,
            EventName = eventId.Name,
            State = LogState.Of(formatter(state, exception), state),
            Scopes = [.. scopes],
            Error = exception is null ? null : LogError.Of(exception),
        });
    }
}
