using System.Runtime.InteropServices;
using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Folders;

/// <summary>
/// What stands in a folder of the copy whose file system may take two names for one, as <c>A</c> and <c>a</c>, and which entries of this
/// run have taken it: what one of them wrote is not replaced by another. The file system alone knows which names it takes for one, so it is
/// asked, and what is in the folder and was not there before is this run's. Thread-safe.
/// </summary>
internal sealed unsafe class FoldingNames
{
    private const uint IgnoresCase = 0x40000000;

    private readonly Lock _lock = new();

    /// <summary>
    /// Maps what was there before, by its name as it is written there, to the name of the entry that took it, or to none.
    /// </summary>
    private readonly Dictionary<FilePath, FilePath> _taken = [];

    private FoldingNames()
    {
    }

    /// <summary>Tells whether a folder may take two names for one.</summary>
    /// <param name="type">The sort of its file system.</param>
    /// <param name="folder">It, open.</param>
    internal static bool AreIn(long type, int folder) =>
        FileSystemTypes.MayIgnoreCase(type)
        || (FileSystemTypes.MayIgnoreCaseInFolder(type) && Kernel.Flags(folder, out uint flags) == 0 && (flags & IgnoresCase) != 0);

    /// <summary>Reads what is there. Memory is for the names of this one folder.</summary>
    /// <param name="folder">The folder, open.</param>
    /// <param name="isNew">Whether this run has just created it, so that nothing is there.</param>
    internal static FoldingNames Of(int folder, bool isNew)
    {
        var names = new FoldingNames();
        if (!isNew)
            names.Read(folder);
        return names;
    }

    /// <summary>Takes what stands under a name, for the entry of that name.</summary>
    /// <param name="source">
    /// The folder of the source, open, in which the entry that is written exactly as what is there comes first; -1 for none.
    /// </param>
    /// <param name="target">The folder of the copy, open.</param>
    /// <param name="name">The name, ending with NUL.</param>
    /// <param name="existing">What stands under it.</param>
    /// <returns>False where another entry of this run has taken, or written, it.</returns>
    internal bool TryTake(int source, int target, byte* name, FileIdentity existing)
    {
        var wanted = new FilePath(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
        lock (_lock)
        {
            if (_taken.TryGetValue(wanted, out FilePath by))
                return TryTake(wanted, by, wanted);
            foreach ((FilePath stored, FilePath taker) in _taken)
                fixed (byte* written = NativePath.Terminated(stored))
                    if ((taker.IsEmpty || taker == wanted)
                        && Kernel.StatusOf(target, written, out FileStatus there) == 0 && there.Identity == existing
                        && (source < 0 || Kernel.StatusOf(source, written, out _) < 0))
                        return TryTake(stored, taker, wanted);
            return false;
        }
    }

    private bool TryTake(FilePath stored, FilePath by, FilePath wanted)
    {
        if (!by.IsEmpty && by != wanted)
            return false;
        _taken[stored] = wanted;
        return true;
    }

    /// <summary>Tells whether a name stands in a folder exactly as it is, and not as one that the file system takes for the same.</summary>
    /// <param name="folder">The folder, open.</param>
    /// <param name="name">The name, ending with NUL.</param>
    internal static bool HasExactly(int folder, byte* name)
    {
        bool has = false;
        var wanted = new FilePath(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
        ForEach(folder, found => has |= found == wanted);
        return has;
    }

    private void Read(int folder) => ForEach(folder, name => _taken[name] = default);

    /// <summary>
    /// Reads a folder through a descriptor of its own. One that cannot be read has no names: nothing can be taken then, so nothing is
    /// replaced.
    /// </summary>
    private static void ForEach(int folder, Action<FilePath> take)
    {
        int descriptor;
        fixed (byte* self = ".\0"u8)
            descriptor = Kernel.Open(folder, self, OpenFlags.Folder);
        if (descriptor < 0)
            return;
        using var reader = new FileDescriptor(descriptor);
        var block = new EntryBlock();
        for (bool ended = false; !ended && block.Fill(descriptor, out ended) == 0; block.Clear())
            for (int offset = 0; offset < block.Length;)
            {
                FolderEntry entry = block.Look(ref offset);
                if (!entry.IsDots)
                    take(new FilePath(entry.NameBytes));
            }
    }
}
