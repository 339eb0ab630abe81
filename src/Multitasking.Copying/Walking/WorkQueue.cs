namespace Multitasking.Copying.Walking;

/// <summary>
/// What is to be done next, for all workers: folders to read, newest first, so that few are open and memory stays small; and where there
/// are none, blocks that others are busy with, so that a flat folder and a few large files are shared too.
/// </summary>
internal sealed class WorkQueue
{
    private readonly object _lock = new();
    private readonly Stack<TreeFolder> _folders = new();
    private readonly List<SharedBlock> _shared = [];
    private readonly Stack<SharedBlock> _idle = new();
    private int _unfinishedRoots;
    private int _waiting;
    private bool _stopped;

    /// <summary>A folder to begin with; the queue ends when all of these are complete.</summary>
    internal void BeginRoot()
    {
        lock (_lock)
            _unfinishedRoots++;
    }

    internal void EndRoot()
    {
        lock (_lock)
            if (--_unfinishedRoots == 0)
                Monitor.PulseAll(_lock);
    }

    /// <summary>Sends everybody home, now.</summary>
    internal void Stop()
    {
        lock (_lock)
        {
            _stopped = true;
            Monitor.PulseAll(_lock);
        }
    }

    internal void Push(TreeFolder folder)
    {
        lock (_lock)
        {
            _folders.Push(folder);
            WakeOne();
        }
    }

    /// <summary>Makes a block known to others. The caller is its first user.</summary>
    internal void Share(SharedBlock block)
    {
        lock (_lock)
        {
            block.Users = 1;
            _shared.Add(block);
            WakeOne();
        }
    }

    /// <summary>Gives a block up.</summary>
    /// <returns>Whether all its entries are done, and the block is back.</returns>
    internal bool Leave(SharedBlock block)
    {
        lock (_lock)
        {
            if (block.IsExhausted)
                _shared.Remove(block);
            if (--block.Users > 0 || !block.IsExhausted)
                return false;
            _idle.Push(block);
            return true;
        }
    }

    internal SharedBlock RentBlock()
    {
        lock (_lock)
        {
            if (!_idle.TryPop(out SharedBlock? block))
                return new SharedBlock();
            block.Clear();
            return block;
        }
    }

    internal void ReturnBlock(SharedBlock block)
    {
        lock (_lock)
            _idle.Push(block);
    }

    /// <summary>Takes a folder to read, or joins a block; waits until there is one.</summary>
    /// <returns>False when everything is done, or stopped.</returns>
    internal bool Take(out TreeFolder? folder, out SharedBlock? block)
    {
        lock (_lock)
        {
            while (!_stopped && _unfinishedRoots > 0)
            {
                if (TryTake(out folder, out block))
                    return true;
                _waiting++;
                Monitor.Wait(_lock);
                _waiting--;
            }
        }

        folder = null;
        block = null;
        return false;
    }

    /// <summary>Waits until everything is done, or stopped, at most as long as the limit.</summary>
    /// <returns>Whether it is.</returns>
    internal bool WaitForEnd(TimeSpan limit)
    {
        lock (_lock)
        {
            long end = Environment.TickCount64 + (long)limit.TotalMilliseconds;
            while (!_stopped && _unfinishedRoots > 0)
            {
                long left = end - Environment.TickCount64;
                if (left <= 0)
                    return false;
                Monitor.Wait(_lock, TimeSpan.FromMilliseconds(left));
                // This may have been the one who was woken for something to do.
                WakeOne();
            }

            return true;
        }
    }

    /// <summary>The same without waiting: false when there is nothing at the moment.</summary>
    internal bool TryTake(out TreeFolder? folder, out SharedBlock? block)
    {
        lock (_lock)
        {
            block = null;
            if (_stopped)
            {
                folder = null;
                return false;
            }

            if (_folders.TryPop(out folder))
                return true;
            foreach (SharedBlock shared in _shared)
                if (!shared.IsExhausted)
                {
                    block = shared;
                    block.Users++;
                    return true;
                }

            return false;
        }
    }

    private void WakeOne()
    {
        if (_waiting > 0)
            Monitor.Pulse(_lock);
    }
}
