namespace Multitasking.Hosting.Logging;

/// <summary>What travels in a logger's stead.</summary>
/// <param name="Logger">The class that it becomes in the child.</param>
/// <param name="Levels">A bit for each level that the original writes.</param>
/// <param name="Original">Takes the records; <see langword="null"/> where no level is enabled.</param>
internal sealed record LoggerSurrogate(Type Logger, byte Levels, IProgress<LogRecord>? Original);
