using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Metadata;

/// <summary>
/// Gives a written file what belongs to it: owner, attributes, mode, time, in this order. A change of owner takes away capabilities and set-id bits, so those come after it; the
/// time comes last, so that a file with the right time is a complete one.
/// </summary>
internal static class FileMetadata
{
    /// <param name="source">The open source.</param>
    /// <param name="target">The written file, open.</param>
    /// <param name="status">What the source was when it was opened.</param>
    /// <param name="settings">What is to be kept.</param>
    /// <param name="creationMask">What the file's mode was cut by when it was created.</param>
    /// <param name="hasOwn">Whether it may have a mode, attributes or a list that nobody asked for: its folder gave it a list, or it was there before.</param>
    internal static Fault Apply(int source, int target, in FileStatus status, CopySettings settings, uint creationMask, bool hasOwn)
    {
        // One that fails does not keep the others from being set: without its time a file would be copied at every run.
        Fault fault = settings.Keeps(CopyPreserve.Owner) ? Ownership.Apply(target, status) : default;
        if (ExtendedAttributes.AreWanted(settings))
            fault = fault.Or(ExtendedAttributes.Copy(new AttributeEnd(source), new AttributeEnd(target), settings, hasOwn));
        if (ModeRule.NeedsSetting(status, creationMask, settings) || (hasOwn && settings.Keeps(CopyPreserve.Mode)))
        {
            int result = SetMode(target, status, creationMask, settings);
            if (result < 0)
                fault = fault.Or(Fault.OfMetadata("cannot set the mode", result));
        }

        if (settings.Keeps(CopyPreserve.Times) && Kernel.SetModified(target, status.Modified) is < 0 and var failed)
            fault = fault.Or(Fault.OfMetadata("cannot set the time", failed));
        return fault;
    }

    private static int SetMode(int target, in FileStatus status, uint creationMask, CopySettings settings)
    {
        int result = Kernel.Status(target, out FileStatus copy);
        if (result < 0)
            return result;
        uint mode = ModeRule.Final(status, copy, creationMask, settings);
        return copy.Permissions == mode ? 0 : Kernel.SetMode(target, mode);
    }
}
