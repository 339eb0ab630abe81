using Microsoft.Extensions.Logging;

namespace Multitasking.Hosting.Logging;

/// <summary>The same, where its category is declared.</summary>
internal sealed class RemoteLogger<TCategoryName>(byte levels, IProgress<LogRecord>? original) : RemoteLogger(levels, original), ILogger<TCategoryName>;
