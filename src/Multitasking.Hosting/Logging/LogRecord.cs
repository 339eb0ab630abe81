using Microsoft.Extensions.Logging;

namespace Multitasking.Hosting.Logging;

/// <summary>What a child logged. Sealed classes, texts and numbers alone: a child cannot put anything else into it.</summary>
internal sealed class LogRecord
{
    internal required int ProcessId { get; init; }

    internal required string ProcessName { get; init; }

    internal required LogLevel Level { get; init; }

    internal required int EventId { get; init; }

    internal required string? EventName { get; init; }

    internal required LogState State { get; init; }

    /// <summary>The outermost first.</summary>
    internal required LogState[] Scopes { get; init; }

    internal required LogError? Error { get; init; }
}
