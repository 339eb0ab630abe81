using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Metadata;

/// <summary>Gives a folder what belongs to it, after everything in it is there.</summary>
internal static unsafe class FolderMetadata
{
    /// <summary>Sets what is not yet as in the source, so that a folder that is complete already is not touched.</summary>
    /// <param name="source">The open source; -1 where it cannot be opened any more, and its attributes are not to be had.</param>
    /// <param name="target">The open copy.</param>
    /// <param name="status">What the source was when it was opened.</param>
    /// <param name="settings">What is to be kept.</param>
    /// <param name="creationMask">What a new folder's mode is cut by where modes are not kept.</param>
    /// <param name="isNew">Whether this run created it.</param>
    internal static Fault Apply(int source, int target, in FileStatus status, CopySettings settings, uint creationMask, bool isNew)
    {
        int result = Kernel.Status(target, out FileStatus copy);
        if (result < 0)
            return Fault.OfMetadata("cannot read the copied folder's status", result);
        // One that fails does not keep the others from being set.
        Fault fault = default;
        if (settings.Keeps(CopyPreserve.Owner) && (copy.UserId != status.UserId || copy.GroupId != status.GroupId))
        {
            fault = Ownership.Apply(target, status);
            result = Kernel.Status(target, out copy);
        }

        if (ExtendedAttributes.AreWanted(settings) && source >= 0 && !ExtendedAttributes.AreSame(new AttributeEnd(source), new AttributeEnd(target), settings))
        {
            fault = fault.Or(ExtendedAttributes.Copy(new AttributeEnd(source), new AttributeEnd(target), settings, mayHaveOwn: true));
            result = Kernel.Status(target, out copy);
        }

        uint mode = ModeRule.Final(status, copy, creationMask, settings);
        // What is shared by a group stays so: new folders have the bit from the one they are in.
        if (!settings.Keeps(CopyPreserve.Mode))
            mode |= copy.Permissions & ModeRule.SetGroupId;
        if ((isNew || settings.Keeps(CopyPreserve.Mode)) && result == 0 && copy.Permissions != mode)
            result = Kernel.SetMode(target, mode);
        if (result < 0)
            fault = fault.Or(Fault.OfMetadata("cannot set the folder's mode", result));

        result = !settings.Keeps(CopyPreserve.Times) || copy.HasSameTimeAs(status) ? 0 : Kernel.SetModified(target, status.Modified);
        return result < 0 ? fault.Or(Fault.OfMetadata("cannot set the folder's time", result)) : fault;
    }

    /// <summary>Whether a folder gives what is created in it an access control list, which also makes its mode another one than was asked for.</summary>
    internal static bool PassesLists(int folder, CopySettings settings)
    {
        if (!settings.Keeps(CopyPreserve.AccessControl | CopyPreserve.Mode))
            return false;
        fixed (byte* name = "system.posix_acl_default\0"u8)
            return Kernel.ReadAttribute(folder, name, null, 0) > 0;
    }
}
