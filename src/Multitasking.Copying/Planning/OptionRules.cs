namespace Multitasking.Copying.Planning;

/// <summary>Which options contradict each other.</summary>
internal static class OptionRules
{
    /// <exception cref="ArgumentException">They do; the message says which, and what to do.</exception>
    internal static void Check(CopyOptions options)
    {
        string? problem = options switch
        {
            { Mirror: true, Move: true } => "A move cannot mirror: a second run would find the source empty, and remove everything. Leave out one of the two.",
            { Move: true, SymbolicLinks: not SymbolicLinkHandling.Keep } =>
                "A move of what links lead to would empty folders outside the source: leave out Move, or keep the links.",
            { Reflink: ReflinkUse.Always, Sparse: not SparseHandling.Keep } => "Shared blocks are as sparse as the source: leave out Sparse, or let Reflink be Auto.",
            { StallTimeout: not null, Isolation: WorkerIsolation.Threads } => "A thread that hangs in the system cannot be ended: StallTimeout needs WorkerIsolation.Processes.",
            { MaxDeletions: not null, Mirror: false } => "MaxDeletions limits Mirror, which is not asked for.",
            { Writing: CopyWriting.InPlace, BackupFolder.IsEmpty: false } => "A file that is written over where it stands cannot be put into the backup: leave out one of the two.",
            { Writing: CopyWriting.InPlace, Verify: true } => "What is written over where it stands is already in place when it is verified: leave out one of the two.",
            _ => null,
        };
        if (problem is not null)
            throw new ArgumentException(problem, nameof(options));
    }
}
