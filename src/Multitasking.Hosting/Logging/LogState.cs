namespace Multitasking.Hosting.Logging;

/// <summary>What is logged, or the state of a scope: as text, and as names and values where it has them.</summary>
internal sealed class LogState
{
    private LogState(string text, LogValue[] values)
    {
        Text = text;
        Values = values;
    }

    internal string Text { get; }

    internal LogValue[] Values { get; }

    internal static LogState Of(string? text, object? state) => new(
        text ?? "",
        state is IEnumerable<KeyValuePair<string, object?>> values ? [.. values.Select(static value => LogValue.Of(value.Key, value.Value))] : []);
}
