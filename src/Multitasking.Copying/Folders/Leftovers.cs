using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Folders;

/// <summary>Removes from a folder of the destination what runs that were killed left unfinished there.</summary>
internal static unsafe class Leftovers
{
    /// <summary>So old is what another machine or container wrote, which cannot be asked for its processes, when it is taken for left.</summary>
    private static readonly TimeSpan s_old = TimeSpan.FromHours(1);

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
                if (TemporaryName.IsTemporary(entry.NameBytes) && !MayBeOfLiveRun(folder, entry))
                    _ = Kernel.RemoveFile(folder, entry.Name);
            }

            block.Clear();
        }
    }

    private static bool MayBeOfLiveRun(int folder, FolderEntry entry)
    {
        ReadOnlySpan<byte> token = TemporaryName.TokenOf(entry.NameBytes);
        if (RunToken.IsOfThisSpace(token))
            return ProcessStart.Of(RunToken.ProcessIdOf(token)) is { } start && RunToken.StartedAt(token, start);
        // Every write to it changes this time.
        return Kernel.StatusOf(folder, entry.Name, out FileStatus status) < 0 || DateTimeOffset.UtcNow.ToUnixTimeSeconds() - status.Changed.Seconds < s_old.TotalSeconds;
    }
}
