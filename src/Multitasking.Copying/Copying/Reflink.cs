using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Copying;

/// <summary>Makes the copy share the source's blocks, where the file systems can.</summary>
internal static class Reflink
{
    /// <summary>Tries it, if it has worked between these devices or was not tried yet.</summary>
    internal static Fault TryShare(int source, int target, in FileStatus status, CopierTools tools, out bool isShared)
    {
        isShared = false;
        ReflinkUse use = tools.Settings.Reflink;
        if (use == ReflinkUse.Never || tools.Settings.Sparse == SparseHandling.Never)
            return default;
        int result = Kernel.Status(target, out FileStatus created);
        if (result < 0)
            return Fault.OfDestination("cannot read the status of the new file", result);
        CopyRoute route = tools.Routes.Between(status.Identity, created.Identity);
        if (!route.CanReflink && use == ReflinkUse.Auto)
            return default;
        // Blocks that are shared cost no bandwidth, and those that cannot be are paid for when they are copied.
        tools.Pass(0);
        result = Kernel.Reflink(source, target);
        if (result == 0)
        {
            isShared = true;
            tools.Tally.BytesCopied += status.Size;
            return default;
        }

        // Full is full for a copy too, but a quota may count shared blocks and copied ones differently: copying tells.
        if (result is not (-Errno.NoSpace or -Errno.QuotaExceeded))
            route.CanReflink = false;
        return use == ReflinkUse.Always
            ? new Fault(CopyErrorKind.ReflinkUnsupported, "cannot share its blocks with the source (--reflink=auto copies them)", -result)
            : default;
    }
}
