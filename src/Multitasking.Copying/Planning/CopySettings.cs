using Multitasking.Copying.Filtering;
using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Planning;

/// <summary>What of the <see cref="CopyOptions"/> a worker needs for its entries. It goes to worker processes, so it holds values alone.</summary>
internal sealed record CopySettings
{
    internal CopyPreserve Preserve { get; init; } = CopyPreserve.Default;

    internal SymbolicLinkHandling SymbolicLinks { get; init; }

    internal SparseHandling Sparse { get; init; }

    internal ReflinkUse Reflink { get; init; }

    internal CopyUpdate Update { get; init; }

    internal CopyWriting Writing { get; init; }

    internal bool CompareContents { get; init; }

    internal bool Verify { get; init; }

    internal bool Move { get; init; }

    internal bool DryRun { get; init; }

    /// <summary>Whether a folder that stands where a file belongs, or the other way round, may be removed.</summary>
    internal bool ReplacesFolders { get; init; }

    /// <summary>Whether what is mounted in a folder that is removed stays.</summary>
    internal bool StaysOnDevice { get; init; }

    /// <summary>Judges entries by size and time; null where nobody asked.</summary>
    internal StatusFilter? Filter { get; init; }

    /// <summary>Whether somebody wants to know of each entry.</summary>
    internal bool TellsEvents { get; init; }

    /// <summary>Faults that a test wants; null everywhere else.</summary>
    internal FaultScript? Faults { get; init; }

    internal bool FollowsLinks => SymbolicLinks == SymbolicLinkHandling.Follow;

    /// <summary>How a source file is opened.</summary>
    internal int ReadFlags => FollowsLinks ? OpenFlags.ReadFileFollowed : OpenFlags.ReadFile;

    /// <summary>How a source folder is opened.</summary>
    internal int FolderFlags => FollowsLinks ? OpenFlags.FolderFollowed : OpenFlags.Folder;

    internal bool Keeps(CopyPreserve what) => (Preserve & what) != 0;

    internal static CopySettings Of(CopyOptions options, bool tellsEvents) => new()
    {
        Preserve = options.Preserve,
        SymbolicLinks = options.SymbolicLinks,
        Sparse = options.Sparse,
        Reflink = options.Reflink,
        Update = options.Update,
        Writing = options.Writing,
        CompareContents = options.CompareContents,
        Verify = options.Verify,
        Move = options.Move,
        DryRun = options.DryRun,
        // With a limit on what may be removed, or a filter that may leave out something in it, no whole folder goes for one file.
        ReplacesFolders = options is { Mirror: true, MaxDeletions: null, Filter: null },
        StaysOnDevice = options.OneFileSystem,
        Filter = StatusFilter.From(options.Filter),
        TellsEvents = tellsEvents,
        Faults = FaultScript.Current,
    };
}
