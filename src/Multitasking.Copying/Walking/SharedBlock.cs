using Multitasking.Copying.Folders;

namespace Multitasking.Copying.Walking;

/// <summary>A block whose entries several workers copy.</summary>
internal sealed class SharedBlock : EntryBlock
{
    /// <summary>The folder that the entries are of.</summary>
    internal TreeFolder Folder { get; set; } = null!;

    /// <summary>How many workers hold it. Guarded by the queue's lock.</summary>
    internal int Users { get; set; }
}
