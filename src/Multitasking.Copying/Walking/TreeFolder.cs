using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Walking;

/// <summary>A folder of the source and its copy, from when it is found until everything in it is done.</summary>
internal sealed class TreeFolder
{
    private readonly FilePath _shownPath;
    private int _unfinished = 1;
    private bool _isPending;
    private bool _hasLostEntries;

    /// <summary>A folder to begin with.</summary>
    /// <param name="source">The open source.</param>
    /// <param name="destination">The open copy.</param>
    /// <param name="shownPath">The source as the user called it; empty for one that entries are shown without.</param>
    internal TreeFolder(FolderPlace source, FolderPlace destination, FilePath shownPath)
    {
        Source = source;
        Destination = destination;
        _shownPath = shownPath;
        Root = this;
        IsEntered = true;
    }

    /// <summary>A folder inside another one, as it was found.</summary>
    /// <param name="parent">Where it was found.</param>
    /// <param name="name">Its name, ending with NUL.</param>
    internal TreeFolder(TreeFolder parent, byte[] name)
    {
        Parent = parent;
        Root = parent.Root;
        Depth = parent.Depth + 1;
        Source = new FolderPlace(parent.Source, name);
        Destination = new FolderPlace(parent.Destination, parent.TargetName ?? name);
        parent.Begin();
    }

    internal TreeFolder? Parent { get; }

    /// <summary>The folder that the run began with, and that this one stands in.</summary>
    internal TreeFolder Root { get; }

    /// <summary>How deep it is in the source that was named: 0 for that itself, -1 for what it stands in, which is not copied.</summary>
    internal int Depth { get; init; }

    /// <summary>Where the source is, if it is one that was named and is copied whole; empty for what has no name there.</summary>
    internal FilePath WholeSource { get; init; }

    /// <summary>The device that a folder would be on that a dry run does not create; only of a folder to begin with.</summary>
    internal ulong VirtualDevice { get; init; }

    /// <summary>The device that the copy is on, or would be.</summary>
    internal ulong DestinationDevice
    {
        get
        {
            TreeFolder at = this;
            while ((at.IsVirtual || at.IsPending) && at.Parent is { } parent)
                at = parent;
            return at.IsVirtual ? at.VirtualDevice : at.Destination.Identity.Device;
        }
    }

    internal FolderPlace Source { get; }

    internal FolderPlace Destination { get; }

    /// <summary>What the only entry is to be called in the copy, ending with NUL; null where names stay.</summary>
    internal byte[]? TargetName { get; init; }

    /// <summary>Whether both sides have been opened, and the copy created.</summary>
    internal bool IsEntered { get; set; }

    /// <summary>Whether the copy was created by this run, so that nothing in it needs to be looked at.</summary>
    internal bool IsNew { get; set; }

    /// <summary>Whether there is no copy, as in a dry run, where it would be created.</summary>
    internal bool IsVirtual { get; set; }

    /// <summary>Whether the copy is of no use while nothing is in it.</summary>
    internal bool IsOnTheWay { get; init; }

    /// <summary>Whether there is no copy yet, because it is of no use so far; see <see cref="CopyTree.EnsureCreated"/>.</summary>
    internal bool IsPending
    {
        get => Volatile.Read(ref _isPending);
        set => Volatile.Write(ref _isPending, value);
    }

    /// <summary>The mode that the copy had before its owner was let in; null where that was not needed.</summary>
    internal uint? ModeBefore { get; set; }

    /// <summary>Whether the copy gives what is created in it an access control list.</summary>
    internal bool PassesLists { get; set; }

    /// <summary>What is in the copy, where its file system may take two names for one; null where each name is its own.</summary>
    internal FoldingNames? Names { get; set; }

    /// <summary>Whether what is written exactly as what is there comes first: where all entries of the source are copied.</summary>
    internal bool CopiesAllNames => Depth >= 0;

    /// <summary>Whether nothing of what is in it is copied.</summary>
    internal bool IsLeftEmpty { get; set; }

    /// <summary>Whether all entries of the source were seen.</summary>
    internal bool IsReadToEnd { get; set; }

    /// <summary>Whether something in it vanished from the source while it was copied: then nobody can tell what else the source has lost, and not only removed.</summary>
    internal bool HasLostEntries
    {
        get => Volatile.Read(ref _hasLostEntries);
        set => Volatile.Write(ref _hasLostEntries, value);
    }

    /// <summary>Whether something of the folder itself could not be done.</summary>
    internal bool HasFailed { get; set; }

    /// <summary>What the source was when it was opened, for the copy's mode and time; null where the copy keeps its own.</summary>
    internal FileStatus? Metadata { get; set; }

    /// <summary>How far the source was read, for <c>lseek</c>.</summary>
    internal long Position { get; set; }

    /// <summary>Where the source was read last; another handle must first be moved to <see cref="Position"/>.</summary>
    internal FolderHandle? ReadThrough { get; set; }

    /// <summary>The path to show for the folder, below the source as the user called it.</summary>
    internal FilePath Path => PathBelow(default, isSource: true);

    /// <summary>The path to show for the copy of the folder, below the destination as the user called it.</summary>
    internal FilePath DestinationPath => PathBelow(Root.ShownDestination, isSource: false);

    /// <summary>The destination that the user called so; only of a folder to begin with.</summary>
    internal FilePath ShownDestination { get; init; }

    /// <summary>The path to show for an entry of the folder.</summary>
    internal FilePath PathOf(ReadOnlySpan<byte> name) => Path is { IsEmpty: false } path ? DestinationRule.Join(path, name) : new FilePath(name);

    /// <summary>The path to show for an entry of the copy.</summary>
    internal FilePath DestinationPathOf(ReadOnlySpan<byte> name) => DestinationRule.Join(DestinationPath, name);

    /// <summary>Something more has to be done before the folder is complete.</summary>
    internal void Begin() => Interlocked.Increment(ref _unfinished);

    /// <summary>Something that was begun is done.</summary>
    /// <returns>Whether it was the last.</returns>
    internal bool End() => Interlocked.Decrement(ref _unfinished) == 0;

    private FilePath PathBelow(FilePath top, bool isSource)
    {
        var names = new Stack<byte[]>();
        TreeFolder at = this;
        for (; at.Parent is { } parent; at = parent)
            names.Push(isSource ? at.Source.Name : at.Destination.Name);
        var path = new List<byte>();
        path.AddRange(isSource ? at._shownPath.Bytes : top.Bytes);
        foreach (byte[] name in names)
        {
            if (path.Count > 0 && path[^1] != '/')
                path.Add((byte)'/');
            path.AddRange(name.AsSpan(0, name.Length - 1));
        }

        return new FilePath(path.ToArray());
    }
}
