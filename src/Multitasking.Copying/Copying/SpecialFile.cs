using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Removing;

namespace Multitasking.Copying.Copying;

/// <summary>Makes a FIFO, a socket or a device anew. The source is never opened: that could wait for ever, or do something.</summary>
internal sealed unsafe class SpecialFile(CopierTools tools)
{
    private const uint KindBits = 0xF000;

    internal Outcome Copy(in EntryPlace place, in FileStatus status, in Existing existing, Backup? backup)
    {
        if (!tools.Settings.Keeps(CopyPreserve.Specials))
            return Fault.Of(CopyErrorKind.UnsupportedType, $"not copied: it is a {Describe(status.Kind)} (-a or --preserve=specials makes it anew)");
        if (tools.Settings.DryRun)
            return Outcome.Of(CopyEventKind.SpecialCreated, reason: existing.Reason);
        uint mode = (status.Mode & KindBits) | ModeRule.ForCreation(status, tools.Settings);
        fixed (byte* temporary = tools.TemporaryName)
        {
            int result = Kernel.MakeNode(place.Folders.Target, temporary, mode, status.Special);
            // The name is this worker's own, so what has it was left by one that was killed.
            if (result == -Errno.Exists && Kernel.RemoveFile(place.Folders.Target, temporary) == 0)
                result = Kernel.MakeNode(place.Folders.Target, temporary, mode, status.Special);
            if (result < 0)
                return Fault.OfDestination($"cannot create the {Describe(status.Kind)}", result);
            return MadeEntry.Finish(tools, place, status, existing, backup, CopyEventKind.SpecialCreated);
        }
    }

    private static string Describe(FileKind kind) => kind switch
    {
        FileKind.Fifo => "FIFO",
        FileKind.Socket => "socket",
        FileKind.CharacterDevice or FileKind.BlockDevice => "device",
        _ => "file of an unknown type",
    };
}
