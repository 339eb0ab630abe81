namespace Mtcopy.CommandLine;

/// <summary>How much is said.</summary>
internal enum Verbosity
{
    /// <summary>Problems alone.</summary>
    Quiet,

    /// <summary>Problems and a summary.</summary>
    Normal,

    /// <summary>Each entry as well.</summary>
    Verbose,
}
