using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Metadata;

/// <summary>
/// Gives files away. Only root may; for others the group alone is tried, which works for members, and what is not permitted is passed over in silence, as with <c>cp -a</c>.
/// </summary>
internal static unsafe class Ownership
{
    internal static Fault Apply(int descriptor, in FileStatus source)
    {
        int result = Kernel.SetOwner(descriptor, source.UserId, source.GroupId);
        if (IsNotForUs(result))
            result = Kernel.SetOwner(descriptor, Kernel.SameOwner, source.GroupId);
        return Judge(result);
    }

    /// <summary>The same for an entry that is not opened; for the link itself when it is a symbolic link.</summary>
    internal static Fault Apply(int folder, byte* name, in FileStatus source)
    {
        int result = Kernel.SetOwnerOf(folder, name, source.UserId, source.GroupId);
        if (IsNotForUs(result))
            result = Kernel.SetOwnerOf(folder, name, Kernel.SameOwner, source.GroupId);
        return Judge(result);
    }

    /// <summary>Not permitted; or, in a user namespace, an owner that has no number there.</summary>
    private static bool IsNotForUs(int result) => result is -Errno.NotPermitted or -Errno.Invalid;

    private static Fault Judge(int result) => result < 0 && (!IsNotForUs(result) || Kernel.IsSuperuser()) ? Fault.OfMetadata("cannot set the owner", result) : default;
}
