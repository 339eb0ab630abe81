using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Transport;

/// <summary>The worker's way to wake its sleeping pool: a byte on the socket by which it gets descriptors.</summary>
internal sealed unsafe class WorkerBell(SafeDescriptor socket)
{
    private const int Broken = 1, MostAttempts = 1000;

    internal void Ring()
    {
        byte ring = 1;
        for (int attempts = 0; attempts < MostAttempts; attempts++)
        {
            // EAGAIN: it rings already, as often as the socket holds.
            if (LibC.Send(socket.Number, &ring, sizeof(byte), MSG_DONTWAIT | MSG_NOSIGNAL) >= 0 || SystemError.Last == EAGAIN)
                return;
            if (SystemError.Last is not (EINTR or ENOBUFS or ENOMEM))
                break;
            // Memory is short for a moment.
            Thread.Sleep(1);
        }
        // A task has closed it, or put something else in its place: nobody would hear of this worker until it is gone.
        LibC.ExitAtOnce(Broken);
    }
}
