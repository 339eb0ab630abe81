using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Transport;

/// <summary>The worker's way to wake its sleeping pool: an eventfd.</summary>
internal sealed unsafe class WorkerBell(SafeDescriptor descriptor)
{
    private const int Broken = 1;

    internal void Ring()
    {
        ulong one = 1;
        // EAGAIN: it rings already. Otherwise a task has closed it, or put something else in its place: nobody would hear of this worker until it is gone.
        if (LibC.Write(descriptor.Number, &one, sizeof(ulong)) < 0 && SystemError.Last != EAGAIN)
            LibC.ExitAtOnce(Broken);
    }
}
