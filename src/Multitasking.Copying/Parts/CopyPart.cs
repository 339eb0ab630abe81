using Multitasking.Copying.Folders;
using Multitasking.Copying.Pacing;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Parts;

/// <summary>
/// So many entries of a tree as one process copies in one go, with the way to them. Folders are described by their names from a root
/// downward, so neither depth nor the length of a path has a limit.
/// </summary>
/// <param name="Roots">Where the ways begin.</param>
/// <param name="Folders">The folders of the entries and those above them, each behind its parent.</param>
/// <param name="Runs">The entries' folders: so many entries of this one, then so many of the next.</param>
/// <param name="Entries">The entries, as the kernel writes them into a buffer.</param>
internal sealed record CopyPart(PartRoots Roots, PartFolder[] Folders, PartRun[] Runs, byte[] Entries)
{
    /// <summary>How to copy.</summary>
    internal required CopySettings Settings { get; init; }

    /// <summary>What keeps the pace of all workers.</summary>
    internal required SharedPace Pace { get; init; }

    /// <summary>The first entry to copy.</summary>
    internal required int First { get; init; }

    /// <summary>The entry behind the last one to copy.</summary>
    internal required int End { get; init; }

    /// <summary>The name under which to write, given by the one who removes it should the process be lost; it ends with NUL.</summary>
    internal byte[] TemporaryName { get; init; } = [];

    /// <summary>Whether a process that was lost may have copied some of it already.</summary>
    internal bool IsRepeated { get; init; }

    internal int Count => End - First;

    /// <summary>Finds an entry again.</summary>
    /// <returns>Its folder, among the part's folders, and its name.</returns>
    internal unsafe (int Folder, byte[] Name) Locate(int index)
    {
        fixed (byte* entries = Entries)
        {
            int offset = 0;
            for (int i = 0; i < index; i++)
                offset += new FolderEntry(entries + offset).Length;
            int place = 0;
            for (int behind = Runs[0].Count; behind <= index; behind += Runs[place].Count)
                place++;
            return (Runs[place].Folder, [.. new FolderEntry(entries + offset).NameBytes]);
        }
    }
}
