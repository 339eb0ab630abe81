using static Mtcopy.CommandLine.Definitions.KnownOptions;

namespace Mtcopy.CommandLine.Definitions;

/// <summary>The options in the order in which they are shown.</summary>
internal static class OptionGroups
{
    public static IReadOnlyList<OptionGroup> All { get; } =
    [
        new(
            "What is copied",
            "Folders, files and symbolic links, with their modes and their modification times. Where more or less is wanted:",
            [Archive, Preserve, NoPreserve, NoDereference, Dereference, DereferenceNamed, OneFileSystem, Sparse, Reflink]),
        new(
            "What is replaced",
            "A file with the same size and time is left alone, apart from what else is kept of it. Any other is replaced in one step, when its copy is complete.",
            [Update, Checksum, Atomic, InPlace]),
        new(
            "Mirrors and moves",
            "Nothing is removed without one of these.",
            [Mirror, MaxDelete, AllowEmptySource, BackupDir, Move]),
        new(
            "Filters",
            "Patterns are those of gitignore(5): * stands for any bytes but a slash, ? for one, [a-z] for one of a set, ** for any number of folders. A pattern with a "
            + "slash at its beginning or in its middle matches the path from SRC, any other one a name at any depth; a slash at its end means folders alone. Paths are relative to SRC, which itself is always copied. The first rule that matches decides, in the "
            + "order of the arguments; what matches none is copied, unless there are rules that include and none that excludes. A folder that is left out "
            + "is not entered. An entry has to pass the rules, the list and all limits. A SIZE is a number of bytes, or of K, M, G or T, each 1024 of the one before. A TIME is a date, "
            + "2026-01-31 or 2026-01-31T12:00, or an age: 30m, 12h, 3d, 2w.",
            [Include, Exclude, FilterFrom, FilesFrom, Null, MinSize, MaxSize, Newer, Older, MaxDepth]),
        new(
            "Safety",
            "",
            [DryRun, Verify]),
        new(
            "Problems",
            "A problem with an entry is told on standard error, and the other entries are copied.",
            [Retries, RetryWait, OnError, MaxErrors, KnownOptions.Timeout, ErrorIfNone]),
        new(
            "Speed",
            "",
            [Workers, Isolation, BandwidthLimit]),
        new(
            "Output",
            "Problems go to standard error, as does progress; the summary goes to standard output.",
            [Progress, Verbose, Quiet, Json, Log, Help, KnownOptions.Version, Completion, Man]),
    ];

    /// <summary>All of them, whatever their group.</summary>
    public static IEnumerable<OptionDefinition> Options => All.SelectMany(static group => group.Options);
}
