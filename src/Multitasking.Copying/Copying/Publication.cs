using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Removing;

namespace Multitasking.Copying.Copying;

/// <summary>Gives what was written under a worker's temporary name its own.</summary>
internal static unsafe class Publication
{
    internal static Fault Publish(CopierTools tools, in EntryPlace place, in Existing existing, Backup? backup)
    {
        int folder = place.Folders.Target;
        if (existing.Is)
        {
            Fault fault = MakeRoom(tools, place, existing, backup);
            if (!fault.IsNone)
                return fault;
        }

        fixed (byte* temporary = tools.TemporaryName)
        {
            int result = existing.Is ? Kernel.Rename(folder, temporary, place.Target) : Kernel.RenameNew(folder, temporary, folder, place.Target);
            // A file system that cannot refuse to replace; nothing was there a moment ago.
            if (result is -Errno.Invalid or -Errno.NotImplemented or -Errno.NotSupported && !existing.Is)
                result = Kernel.StatusOf(folder, place.Target, out _) == 0 ? -Errno.Exists : Kernel.Rename(folder, temporary, place.Target);
            if (result == -Errno.Exists && !existing.Is)
                return Collision(place);
            if (result < 0 && existing.Is)
                backup?.GiveBack(place.Destination, folder, place.Target);
            return result < 0 ? Fault.OfDestination("cannot give it its name", result) : default;
        }
    }

    /// <summary>Two entries of the source have names that the destination's file system takes for one.</summary>
    internal static Fault NamesAreOne => Fault.Of(
        CopyErrorKind.NameCollision, "not copied: another entry of the source has the same name in the destination, whose file system takes the two names for one");

    /// <summary>Something has the name that nothing had when this run looked, or created the folder.</summary>
    internal static Fault Collision(in EntryPlace place) => place.Folders.TargetIsNew || place.MustBeNew || place.Folder is { Names: not null }
        ? NamesAreOne
        : Fault.Of(CopyErrorKind.NameCollision, "not copied: another program created it in the destination at the same time; copy again");

    private static Fault MakeRoom(CopierTools tools, in EntryPlace place, in Existing existing, Backup? backup)
    {
        int folder = place.Folders.Target;
        if (!existing.IsFolder)
            return backup is null ? default : backup.Keep(place.Destination, folder, place.Target, place.IsRepeated);
        if (backup is not null)
            return backup.Move(place.Destination, folder, place.Target);
        Fault fault = TreeRemoval.Remove(place: null, folder, place.Target, new RemovalRule { StaysOnDevice = tools.Settings.StaysOnDevice }, out _, out bool isKept);
        return fault.IsNone && isKept ? Fault.Of(CopyErrorKind.DestinationConflict, "not copied: in the folder that has its name in the destination another file system is mounted") : fault;
    }
}
