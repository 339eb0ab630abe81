using Microsoft.Extensions.Logging;

namespace Multitasking.Hosting.Tests.Support;

/// <summary>What a provider was given to write.</summary>
internal sealed record LogEntry(
    string Category,
    LogLevel Level,
    EventId Event,
    string Message,
    IReadOnlyDictionary<string, object?> State,
    IReadOnlyList<object?> Scopes,
    Exception? Exception,
    string? Ambient)
{
    /// <summary>A value of one of the scopes.</summary>
    internal object? OfScope(string name) =>
        Scopes.OfType<IEnumerable<KeyValuePair<string, object?>>>().SelectMany(static scope => scope).SingleOrDefault(value => value.Key == name).Value;
}
