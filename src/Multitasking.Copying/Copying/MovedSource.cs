using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Copying;

/// <summary>Removes from the source what is complete in the destination, and nothing that took its place or was written to since.</summary>
internal static unsafe class MovedSource
{
    internal static Fault Remove(in EntryPlace place, in FileStatus copied)
    {
        int result = Kernel.StatusOf(place.Folders.Source, place.Name, out FileStatus now);
        if (result == 0 && (now.Identity != copied.Identity || !now.HasSameSizeAndTimeAs(copied)))
            return Fault.Of(CopyErrorKind.NotRemoved, "copied, but left in the source: it changed since");
        if (result == 0)
            result = Kernel.RemoveFile(place.Folders.Source, place.Name);
        return result < 0 ? Fault.OfRemoval("copied, but cannot be removed from the source", result) : default;
    }
}
