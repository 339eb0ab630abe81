using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Removing;

namespace Multitasking.Copying.Copying;

/// <summary>Copies a symbolic link as a link: where it leads, byte for byte, and what belongs to it.</summary>
internal sealed unsafe class SymbolicLink(CopierTools tools)
{
    /// <summary>Whether the entry is a link that would take the place of the very file it leads to, so that the file would be lost.</summary>
    internal static bool WouldReplaceItsTarget(in EntryPlace place, in FileStatus source, in FileStatus existing) =>
        source.Kind == FileKind.SymbolicLink
        && existing.Kind is not (FileKind.SymbolicLink or FileKind.Folder)
        && Kernel.StatusFollowed(place.Folders.Source, place.Name, out FileStatus target) == 0
        && target.Identity == existing.Identity;

    internal Outcome Copy(in EntryPlace place, in FileStatus status, in Existing existing, Backup? backup)
    {
        byte* leadsTo = tools.Buffer.Start;
        long length = Kernel.ReadLink(place.Folders.Source, place.Name, leadsTo, CopyBuffer.Size - 1);
        // What it says of anything that is no link, which this was a moment ago.
        if (length == -Errno.Invalid)
            return Fault.Of(CopyErrorKind.SourceChanged, "it became something else while it was being copied");
        if (length < 0)
            return Fault.OfSource("cannot read the link", length);
        leadsTo[length] = 0;
        if (tools.Settings.DryRun)
            return Outcome.Of(CopyEventKind.LinkCopied, reason: existing.Reason);
        fixed (byte* temporary = tools.TemporaryName)
        {
            int result = Kernel.MakeLink(leadsTo, place.Folders.Target, temporary);
            // The name is this worker's own, so what has it was left by one that was killed.
            if (result == -Errno.Exists && Kernel.RemoveFile(place.Folders.Target, temporary) == 0)
                result = Kernel.MakeLink(leadsTo, place.Folders.Target, temporary);
            if (result < 0)
                return Fault.OfDestination("cannot create the link", result);
            return MadeEntry.Finish(tools, place, status, existing, backup, CopyEventKind.LinkCopied);
        }
    }
}
