using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Multitasking.Hosting.Logging;

/// <summary>In the parent, logs to the original what a child sends, in the context of the call: its activity, its scopes.</summary>
internal sealed class LogRelay(ILogger logger) : IProgress<LogRecord>
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A logger that throws, or a child that made up a record, must not end the call.")]
    public void Report(LogRecord value)
    {
        try
        {
            if (_context is null)
                Log(value);
            else
                ExecutionContext.Run(_context, _ => Log(value), null);
        }
        catch (Exception)
        {
            // Nobody is left to tell: the logger is what failed.
        }
    }

    private void Log(LogRecord record)
    {
        // The level may have been switched off while the child ran.
        if (!logger.IsEnabled(record.Level))
            return;
        var process = new LoggedState(
            $"{record.ProcessName} (process {record.ProcessId})",
            KeyValuePair.Create("ChildProcessId", (object?)record.ProcessId),
            KeyValuePair.Create("ChildProcessName", (object?)record.ProcessName));
        var scopes = new Stack<IDisposable?>();
        try
        {
            scopes.Push(logger.BeginScope(process));
            foreach (var scope in record.Scopes)
                scopes.Push(logger.BeginScope(new LoggedState(scope)));
            logger.Log(
                record.Level,
                new EventId(record.EventId, record.EventName),
                new LoggedState(record.State),
                record.Error is null ? null : new LoggedException(record.Error),
                static (state, _) => state.ToString());
        }
        finally
        {
            while (scopes.TryPop(out var scope))
                scope?.Dispose();
        }
    }
}
