using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Reporting;

/// <summary>What one worker did so far. The worker alone writes; others read at any time and see figures that are at most a little old.</summary>
internal sealed class Tally
{
    internal long FilesCopied;
    internal long FilesUnchanged;
    internal long FilesFailed;
    internal long FoldersCreated;
    internal long LinksCopied;
    internal long HardLinksMade;
    internal long SpecialsCreated;
    /// <summary>Files that are there already and are kept as they are, other than the source or not.</summary>
    internal long Kept;

    /// <summary>Entries that were left out.</summary>
    internal long Skipped;
    internal long Deleted;

    /// <summary>Bytes written; those of a file that is not complete yet too.</summary>
    internal long BytesCopied;

    /// <summary>Bytes that were found to be there already, or are left out.</summary>
    internal long BytesPassed;

    /// <summary>Counts an entry that is settled. Its written bytes were counted as they were written.</summary>
    internal void Count(in Outcome outcome)
    {
        BytesPassed += outcome.Passed;
        switch (outcome.Kind)
        {
            case CopyEventKind.FileCopied or CopyEventKind.FileReplaced: FilesCopied++; break;
            case CopyEventKind.LinkCopied: LinksCopied++; break;
            case CopyEventKind.HardLinkMade: HardLinksMade++; break;
            case CopyEventKind.SpecialCreated: SpecialsCreated++; break;
            case CopyEventKind.FolderCreated: FoldersCreated++; break;
            case CopyEventKind.Unchanged or CopyEventKind.MetadataUpdated: FilesUnchanged++; break;
            case CopyEventKind.Kept: Kept++; break;
            case CopyEventKind.Excluded or CopyEventKind.OtherFileSystem: Skipped++; break;
            case CopyEventKind.Deleted: Deleted++; break;
            case CopyEventKind.Failed: FilesFailed++; break;
        }
    }

    internal void Add(Tally other)
    {
        FilesCopied += Volatile.Read(ref other.FilesCopied);
        FilesUnchanged += Volatile.Read(ref other.FilesUnchanged);
        FilesFailed += Volatile.Read(ref other.FilesFailed);
        FoldersCreated += Volatile.Read(ref other.FoldersCreated);
        LinksCopied += Volatile.Read(ref other.LinksCopied);
        HardLinksMade += Volatile.Read(ref other.HardLinksMade);
        SpecialsCreated += Volatile.Read(ref other.SpecialsCreated);
        Kept += Volatile.Read(ref other.Kept);
        Skipped += Volatile.Read(ref other.Skipped);
        Deleted += Volatile.Read(ref other.Deleted);
        BytesCopied += Volatile.Read(ref other.BytesCopied);
        BytesPassed += Volatile.Read(ref other.BytesPassed);
    }

    /// <summary>Takes over the figures of another one.</summary>
    internal void Set(Tally other)
    {
        FilesCopied = FilesUnchanged = FilesFailed = FoldersCreated = LinksCopied = HardLinksMade = SpecialsCreated = Kept = Skipped = Deleted = 0;
        BytesCopied = BytesPassed = 0;
        Add(other);
    }

    /// <summary>The figures as they are now.</summary>
    internal Tally Copy()
    {
        var copy = new Tally();
        copy.Add(this);
        return copy;
    }
}
