using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Copying;

/// <summary>One entry to copy: where it is, and where to.</summary>
internal readonly unsafe ref struct EntryPlace
{
    internal required FolderPair Folders { get; init; }

    /// <summary>The name in the source, ending with NUL.</summary>
    internal required byte* Name { get; init; }

    /// <summary>The name in the destination, ending with NUL.</summary>
    internal required byte* Target { get; init; }

    /// <summary>What the source's folder says it is.</summary>
    internal required FileKind Kind { get; init; }

    /// <summary>The folder it was found in; null in a worker process, which leaves to its parent what needs it.</summary>
    internal TreeFolder? Folder { get; init; }

    /// <summary>Whether what is in its place was not there before: in a worker process, where names may be taken for one.</summary>
    internal bool MustBeNew { get; init; }

    /// <summary>Whether this run may have copied it already.</summary>
    internal bool IsRepeated { get; init; }

    /// <summary>Where it goes to, among the folders of the destination.</summary>
    internal required FolderPlace Destination { get; init; }
}
