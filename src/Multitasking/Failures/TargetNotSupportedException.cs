namespace Multitasking;

/// <summary>
/// A target, or something it needs, cannot travel to another process. Thrown in the parent, before a process is started; the
/// message names the path to what is at fault (<c>captured 'stream' : FileStream</c>) and the way out.
/// </summary>
public sealed class TargetNotSupportedException : MultitaskingException
{
    internal TargetNotSupportedException(string message, string? path = null, Exception? innerException = null) : base(message, innerException) =>
        Path = path;

    /// <summary>The path from the call to what cannot travel, or <see langword="null"/> when it is the target itself.</summary>
    public string? Path { get; }
}
