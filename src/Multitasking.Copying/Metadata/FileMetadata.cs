using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Metadata;

/// <summary>Gives a written file its mode and then its time: the time last, so that a file with the right time is a complete one.</summary>
internal static class FileMetadata
{
    /// <param name="descriptor">The written file.</param>
    /// <param name="source">What the source was when it was opened.</param>
    /// <param name="setMode">Whether the mode it was created with is not the final one.</param>
    internal static Fault Apply(int descriptor, in FileStatus source, bool setMode)
    {
        if (setMode)
        {
            int result = Kernel.Status(descriptor, out FileStatus copy);
            if (result == 0)
            {
                uint mode = ModeRule.Final(source, copy.UserId, copy.GroupId);
                result = copy.Permissions == mode ? 0 : Kernel.SetMode(descriptor, mode);
            }

            if (result < 0)
                return Fault.OfMetadata("cannot set the mode", result);
        }

        int timed = Kernel.SetModified(descriptor, source.Modified);
        return timed < 0 ? Fault.OfMetadata("cannot set the time", timed) : default;
    }
}
