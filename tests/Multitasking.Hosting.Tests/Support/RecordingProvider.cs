using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Multitasking.Hosting.Tests.Support;

/// <summary>Keeps what is logged, in order.</summary>
internal sealed class RecordingProvider : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    /// <summary>What an asynchronous flow carries along, as activities and requests are carried.</summary>
    internal static AsyncLocal<string?> Ambient { get; } = new();

    internal IReadOnlyList<LogEntry> Entries => [.. _entries];

    /// <summary>Called for each record before it is kept.</summary>
    internal Action<string>? OnWrite { get; init; }

    /// <summary>Whether any level is enabled.</summary>
    internal bool IsOn { get; set; } = true;

    public ILogger CreateLogger(string categoryName) => new Recorder(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Recorder(RecordingProvider provider, string category) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => provider.IsOn;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => provider._scopes.Push(state);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            string message = formatter(state, exception);
            provider.OnWrite?.Invoke(message);
            var scopes = new List<object?>();
            provider._scopes.ForEachScope(static (scope, all) => all.Add(scope), scopes);
            var values = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
            provider._entries.Enqueue(new LogEntry(category, logLevel, eventId, message, values.ToDictionary(), scopes, exception, Ambient.Value));
        }
    }
}
