using Multitasking.Copying;

namespace Mtcopy.CommandLine;

/// <summary>What the user wants to see of a copy, and when it is to be given up.</summary>
internal sealed record OutputRequest
{
    /// <summary>How progress is shown.</summary>
    public ProgressMode Progress { get; init; } = ProgressMode.Auto;

    /// <summary>What a dry run lists; <see cref="CopyOptions.DryRun"/> says whether it is one.</summary>
    public DryRunDetail DryRun { get; init; } = DryRunDetail.Brief;

    /// <summary>How much is said.</summary>
    public Verbosity Verbosity { get; init; } = Verbosity.Normal;

    /// <summary>Whether standard output gets one JSON object a line for each event, and nothing else.</summary>
    public bool Json { get; init; }

    /// <summary>A file that gets a line for each event; empty for none.</summary>
    public FilePath Log { get; init; }

    /// <summary>How often an entry with a problem is tried again.</summary>
    public int Retries { get; init; }

    /// <summary>How long to wait before that.</summary>
    public TimeSpan RetryWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After how many problems the copy is given up; null for never.</summary>
    public long? MaxErrors { get; init; }

    /// <summary>Whether a copy that had nothing to do is to be told by its exit code.</summary>
    public bool ErrorIfNone { get; init; }
}
