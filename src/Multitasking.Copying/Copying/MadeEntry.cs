using Multitasking.Copying.Interop;
using Multitasking.Copying.Metadata;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Removing;

namespace Multitasking.Copying.Copying;

/// <summary>What all entries have in common that are made in one call and have no contents: metadata, and then their name.</summary>
internal static unsafe class MadeEntry
{
    internal static Outcome Finish(CopierTools tools, in EntryPlace place, in FileStatus status, in Existing existing, Backup? backup, CopyEventKind kind)
    {
        fixed (byte* temporary = tools.TemporaryName)
        {
            Fault metadata = EntryMetadata.Apply(place.Folders.Source, place.Name, place.Folders.Target, temporary, status, tools.Settings);
            Fault fault = Publication.Publish(tools, place, existing, backup);
            if (!fault.IsNone)
            {
                _ = Kernel.RemoveFile(place.Folders.Target, temporary);
                return fault;
            }

            if (!metadata.IsNone)
                return metadata;
        }

        Fault kept = tools.Settings.Move ? MovedSource.Remove(place, status) : default;
        return kept.IsNone ? Outcome.Of(kind, reason: existing.Reason) : kept;
    }
}
