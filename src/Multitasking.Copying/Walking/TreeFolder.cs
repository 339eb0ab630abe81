using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Walking;

/// <summary>A folder of the source and its copy, from when it is found until everything in it is done.</summary>
internal sealed class TreeFolder
{
    private readonly FilePath _shownPath;
    private int _unfinished = 1;

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
        Source = new FolderPlace(parent.Source, name);
        Destination = new FolderPlace(parent.Destination, parent.TargetName ?? name);
        parent.Begin();
    }

    internal TreeFolder? Parent { get; }

    /// <summary>The folder that the run began with, and that this one stands in.</summary>
    internal TreeFolder Root { get; }

    internal FolderPlace Source { get; }

    internal FolderPlace Destination { get; }

    /// <summary>What the only entry is to be called in the copy, ending with NUL; null where names stay.</summary>
    internal byte[]? TargetName { get; init; }

    /// <summary>Whether both sides have been opened, and the copy created.</summary>
    internal bool IsEntered { get; set; }

    /// <summary>Whether the copy was created by this run, so that nothing in it needs to be looked at.</summary>
    internal bool IsNew { get; set; }

    /// <summary>What the source was when it was opened, for the copy's mode and time; null where the copy keeps its own.</summary>
    internal FileStatus? Metadata { get; set; }

    /// <summary>How far the source was read, for <c>lseek</c>.</summary>
    internal long Position { get; set; }

    /// <summary>Where the source was read last; another handle must first be moved to <see cref="Position"/>.</summary>
    internal FolderHandle? ReadThrough { get; set; }

    /// <summary>The path to show for the folder, below the source as the user called it.</summary>
    internal FilePath Path
    {
        get
        {
            var names = new Stack<byte[]>();
            TreeFolder top = this;
            for (; top.Parent is { } parent; top = parent)
                names.Push(top.Source.Name);
            var path = new List<byte>();
            path.AddRange(top._shownPath.Bytes);
            foreach (byte[] name in names)
            {
                if (path.Count > 0 && path[^1] != '/')
                    path.Add((byte)'/');
                path.AddRange(name.AsSpan(0, name.Length - 1));
            }

            return new FilePath(path.ToArray());
        }
    }

    /// <summary>The path to show for an entry of the folder.</summary>
    internal FilePath PathOf(ReadOnlySpan<byte> name) => Path is { IsEmpty: false } path ? DestinationRule.Join(path, name) : new FilePath(name);

    /// <summary>Something more has to be done before the folder is complete.</summary>
    internal void Begin() => Interlocked.Increment(ref _unfinished);

    /// <summary>Something that was begun is done.</summary>
    /// <returns>Whether it was the last.</returns>
    internal bool End() => Interlocked.Decrement(ref _unfinished) == 0;
}
