using System.Collections.Concurrent;

namespace Multitasking.Copying.Walking;

/// <summary>The blocks of one run. Their number depends on the workers, not on the files.</summary>
internal sealed class EntryBlockPool
{
    private readonly ConcurrentStack<EntryBlock> _idle = new();

    /// <summary>A block with one user.</summary>
    internal EntryBlock Rent()
    {
        if (!_idle.TryPop(out EntryBlock? block))
            block = new EntryBlock(this);
        block.AddUser();
        return block;
    }

    internal void Return(EntryBlock block) => _idle.Push(block);
}
