using System.Runtime.InteropServices;
using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Walking;

/// <summary>
/// The files of the source that have several names. The first name that is met is copied; the others become names of that copy, once it is
/// there. A file is forgotten when all its names were met, so what stays are those with names outside the source.
/// </summary>
internal sealed unsafe class HardLinkTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<FileIdentity, LinkedFile> _files = [];

    /// <summary>Claims a name of a file.</summary>
    /// <param name="source">What the name stands for.</param>
    /// <param name="folder">Where it was found.</param>
    /// <param name="name">It, ending with NUL.</param>
    /// <param name="target">What it is called in the destination, ending with NUL.</param>
    /// <param name="later">Where it is not the first name: what is to be made of it. At once if its first name is complete; else whoever settles that one is given it.</param>
    /// <returns>Whether the caller is to copy it, and to <see cref="Settle"/> the file afterwards.</returns>
    internal bool TryClaim(in FileStatus source, TreeFolder folder, byte* name, byte* target, out LaterName? later)
    {
        later = null;
        ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
        lock (_lock)
        {
            if (!_files.TryGetValue(source.Identity, out LinkedFile? file))
            {
                _files.Add(source.Identity, new LinkedFile(folder, WithNul(text), WithNul(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(target)), source.Links - 1));
                return true;
            }

            // Its first name again: a second attempt.
            if (!file.IsComplete && file.Folder == folder && file.Name.AsSpan(0, file.Name.Length - 1).SequenceEqual(text))
                return true;
            later = new LaterName(folder, WithNul(text), WithNul(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(target)), source, file);
            if (--file.NamesLeft == 0 && file.IsComplete)
                _files.Remove(source.Identity);
            if (!file.IsComplete)
            {
                folder.Begin();
                file.Waiting.Add(later);
                later = null;
            }

            return false;
        }
    }

    /// <summary>Says how the copy of a first name went.</summary>
    /// <returns>The names that have waited for it. Each keeps its folder from being complete.</returns>
    internal List<LaterName> Settle(FileIdentity identity, bool isComplete)
    {
        lock (_lock)
        {
            if (!_files.TryGetValue(identity, out LinkedFile? file))
                return [];
            List<LaterName> waiting = [.. file.Waiting];
            file.Waiting.Clear();
            file.IsComplete = isComplete;
            // What failed is tried under the next name.
            if (!isComplete || file.NamesLeft <= 0)
                _files.Remove(identity);
            return waiting;
        }
    }

    /// <summary>Makes the next name of a file the first: the present one takes no further names.</summary>
    internal void Forget(FileIdentity identity)
    {
        lock (_lock)
            if (_files.TryGetValue(identity, out LinkedFile? file) && file.IsComplete)
                _files.Remove(identity);
    }

    private static byte[] WithNul(ReadOnlySpan<byte> name) => [.. name, 0];
}
