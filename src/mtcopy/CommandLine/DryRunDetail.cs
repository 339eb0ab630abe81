namespace Mtcopy.CommandLine;

/// <summary>What a dry run lists.</summary>
internal enum DryRunDetail
{
    /// <summary>What would be done, an entry a line.</summary>
    Brief,

    /// <summary>Every entry, also those that would be left alone.</summary>
    All,

    /// <summary>Every entry, and why.</summary>
    Explain,
}
