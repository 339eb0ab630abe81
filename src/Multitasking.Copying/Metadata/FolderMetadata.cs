using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Metadata;

/// <summary>Gives a folder its mode and time, after everything in it is there.</summary>
internal static class FolderMetadata
{
    /// <summary>Sets what is not yet as in the source, so that a folder that is complete already is not touched.</summary>
    internal static Fault Apply(int descriptor, in FileStatus source)
    {
        int result = Kernel.Status(descriptor, out FileStatus copy);
        uint mode = result < 0 ? 0 : ModeRule.Final(source, copy.UserId, copy.GroupId);
        if (result == 0 && copy.Permissions != mode)
            result = Kernel.SetMode(descriptor, mode);
        if (result < 0)
            return Fault.OfMetadata("cannot set the folder's mode", result);

        result = copy.HasSameTimeAs(source) ? 0 : Kernel.SetModified(descriptor, source.Modified);
        return result < 0 ? Fault.OfMetadata("cannot set the folder's time", result) : default;
    }
}
