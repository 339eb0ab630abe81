namespace Multitasking.Copying;

/// <summary>How far a copy is. Reported about ten times a second.</summary>
/// <param name="FilesDone">Files and links dealt with so far: copied, found unchanged, or failed.</param>
/// <param name="BytesDone">Bytes of files dealt with so far, the unchanged ones included.</param>
/// <param name="FilesFound">Files and links found in the sources so far.</param>
/// <param name="BytesFound">Bytes of the files found so far.</param>
/// <param name="IsTotalKnown">Whether the sources were seen to their end, so that the two numbers found are the totals.</param>
/// <param name="ErrorCount">Problems so far.</param>
/// <param name="BytesPerSecond">Bytes written a second, over the last few seconds.</param>
/// <param name="Elapsed">Time since the start.</param>
/// <param name="TimeLeft">The time it will still take by what was seen so far, or null while that cannot be told.</param>
public readonly record struct CopyProgress(
    long FilesDone,
    long BytesDone,
    long FilesFound,
    long BytesFound,
    bool IsTotalKnown,
    long ErrorCount,
    double BytesPerSecond,
    TimeSpan Elapsed,
    TimeSpan? TimeLeft)
{
    /// <summary>What each worker was at when this was told: a large file, or the folder of many small ones. Only for those that were at something.</summary>
    public IReadOnlyList<FilePath> Current { get; init; } = [];
}
