using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Copying;

/// <summary>Copies a symbolic link as a link: where it leads, byte for byte, and its time.</summary>
internal static unsafe class SymbolicLink
{
    /// <summary>Writes the link under a temporary name.</summary>
    internal static Fault Copy(int sourceFolder, byte* name, in FileStatus status, int targetFolder, byte* temporary, CopyBuffer buffer)
    {
        long length = Kernel.ReadLink(sourceFolder, name, buffer.Start, CopyBuffer.Size - 1);
        if (length < 0)
            return Fault.OfSource("cannot read the link", length);
        buffer.Start[length] = 0;
        int result = Kernel.MakeLink(buffer.Start, targetFolder, temporary);
        if (result == -Errno.Exists && Kernel.RemoveFile(targetFolder, temporary) == 0)
            result = Kernel.MakeLink(buffer.Start, targetFolder, temporary);
        if (result < 0)
            return Fault.OfDestination("cannot create the link", result);
        result = Kernel.SetModifiedOf(targetFolder, temporary, status.Modified);
        return result < 0 ? Fault.OfMetadata("cannot set the link's time", result) : default;
    }
}
