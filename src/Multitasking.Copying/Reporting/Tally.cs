namespace Multitasking.Copying.Reporting;

/// <summary>What one worker did so far. The worker alone writes; others read at any time and see figures that are at most a little old.</summary>
internal sealed class Tally
{
    internal long FilesCopied;
    internal long FilesUnchanged;
    internal long FilesFailed;
    internal long FoldersCreated;
    internal long LinksCopied;

    /// <summary>Bytes written.</summary>
    internal long BytesCopied;

    /// <summary>Bytes that were found to be there already, or could not be copied.</summary>
    internal long BytesPassed;

    internal void Add(Tally other)
    {
        FilesCopied += Volatile.Read(ref other.FilesCopied);
        FilesUnchanged += Volatile.Read(ref other.FilesUnchanged);
        FilesFailed += Volatile.Read(ref other.FilesFailed);
        FoldersCreated += Volatile.Read(ref other.FoldersCreated);
        LinksCopied += Volatile.Read(ref other.LinksCopied);
        BytesCopied += Volatile.Read(ref other.BytesCopied);
        BytesPassed += Volatile.Read(ref other.BytesPassed);
    }

    /// <summary>Takes over the figures of another one.</summary>
    internal void Set(Tally other)
    {
        FilesCopied = FilesUnchanged = FilesFailed = FoldersCreated = LinksCopied = BytesCopied = BytesPassed = 0;
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
