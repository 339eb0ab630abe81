using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Folders;

/// <summary>Removes from a folder of the destination what runs that were killed left unfinished there.</summary>
internal static unsafe class Leftovers
{
    /// <summary>Looks through a folder. What belongs to a run that still lives stays; a failure does no harm, so none is reported.</summary>
    internal static void Remove(int folder, EntryBlock block)
    {
        int descriptor;
        fixed (byte* self = ".\0"u8)
            descriptor = Kernel.Open(folder, self, OpenFlags.Folder);
        if (descriptor < 0)
            return;
        using var reader = new FileDescriptor(descriptor);
        bool ended = false;
        while (!ended && block.Fill(reader.Number, out ended) == 0)
        {
            for (int offset = 0; offset < block.Length;)
            {
                FolderEntry entry = block.Look(ref offset);
                if (TemporaryName.IsTemporary(entry.NameBytes) && !IsOfLiveRun(TemporaryName.TokenOf(entry.NameBytes)))
                    _ = Kernel.RemoveFile(folder, entry.Name);
            }

            block.Clear();
        }
    }

    private static bool IsOfLiveRun(ReadOnlySpan<byte> token) =>
        ProcessStart.Of(RunToken.ProcessIdOf(token)) is { } start && RunToken.StartedAt(token, start);
}
