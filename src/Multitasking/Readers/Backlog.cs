namespace Multitasking.Readers;

/// <summary>
/// Counts what one child sent that waits to be read. While there is too much of it nothing further is taken from the child, which has to
/// wait then, rather than fill the memory of this process. One thread adds; any may take away.
/// </summary>
internal sealed class Backlog
{
    internal const int MostMessages = 1024;
    internal const long MostBytes = 16 << 20;

    private int _messages;
    private long _bytes;
    private volatile bool _isFull;

    /// <summary>Tells whether nothing further is to be taken from the child.</summary>
    internal bool IsFull => _isFull;

    /// <summary>Counts a message, before anything can take it away: whatever takes it away sees then that the backlog is full.</summary>
    internal void Add(int bytes)
    {
        int messages = Interlocked.Increment(ref _messages);
        if (Interlocked.Add(ref _bytes, bytes) > MostBytes || messages > MostMessages)
            _isFull = true;
    }

    /// <summary>A message is being read, or never will be.</summary>
    /// <returns>Whether the backlog was full and is no longer.</returns>
    internal bool Remove(int bytes)
    {
        Interlocked.Add(ref _bytes, -bytes);
        Interlocked.Decrement(ref _messages);
        // Read after both changes: of several that take away at once, the last to get here sees all of it.
        if (!_isFull || Volatile.Read(ref _messages) > MostMessages / 2 || Volatile.Read(ref _bytes) > MostBytes / 2)
            return false;
        _isFull = false;
        return true;
    }

    /// <summary>The child is gone: what little is left of what it sent is taken all the same.</summary>
    internal void Open() => _isFull = false;
}
