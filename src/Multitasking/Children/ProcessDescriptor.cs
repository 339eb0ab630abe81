using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Children;

/// <summary>A descriptor that stands for one process (pidfd_open(2)): it tells of the end, and a signal through it never hits a stranger.</summary>
internal static class ProcessDescriptor
{
    /// <param name="id">A child of this process that is not reaped yet.</param>
    internal static unsafe SafeDescriptor Open(int id)
    {
        nint descriptor = LibC.SystemCall(SYS_pidfd_open, id, 0, 0, 0);
        if (descriptor >= 0)
            return new SafeDescriptor((int)descriptor);
        var error = SystemError.FromLast("pidfd_open (which needs Linux 5.3)");
        // Nobody could ever wait for this child: end it here. Its number is still its own, for it is not reaped.
        _ = LibC.SendSignal(id, SIGKILL);
        int status;
        while (LibC.WaitForProcess(id, &status, 0) < 0 && SystemError.Last == EINTR)
        {
        }
        throw error;
    }
}
