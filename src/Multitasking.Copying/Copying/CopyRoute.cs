namespace Multitasking.Copying.Copying;

/// <summary>What was learned of the way between two devices, so that it is tried once and not with every file.</summary>
internal sealed class CopyRoute
{
    private bool _isSettled;

    /// <summary>Whether files can share blocks.</summary>
    internal volatile bool CanReflink;

    /// <summary>Whether the kernel copies by itself.</summary>
    internal volatile bool CanCopyRange;

    /// <summary>How many threads are worth having on one very large file, as far as it was tried; 0 while it was not.</summary>
    internal int Streams { get; private set; }

    /// <summary>Whether more were tried, and were no faster.</summary>
    internal bool IsSettled => Volatile.Read(ref _isSettled);

    /// <summary>Says how many are worth it.</summary>
    internal void Settle(int streams)
    {
        Streams = streams;
        Volatile.Write(ref _isSettled, true);
    }
}
