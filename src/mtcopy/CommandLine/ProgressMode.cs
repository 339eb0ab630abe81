namespace Mtcopy.CommandLine;

/// <summary>How progress is shown.</summary>
internal enum ProgressMode
{
    /// <summary>As a line that changes, if standard error is a terminal; else not at all.</summary>
    Auto,

    /// <summary>As a line of its own every few seconds, for logs.</summary>
    Plain,

    /// <summary>Not at all.</summary>
    None,
}
