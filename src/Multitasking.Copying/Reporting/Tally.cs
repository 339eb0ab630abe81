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
}
