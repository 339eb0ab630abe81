using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Transport;

/// <summary>
/// The pool's side of a worker's bell: bytes on a socket, taken without waiting. That a call does not wait is said by the call itself: a
/// flag of the open file belongs to the worker as well, which may change it (an eventfd has no such call before Linux 5.8).
/// </summary>
/// <param name="socket">The pool's end of the socket by which it sends the worker descriptors.</param>
internal sealed unsafe class BellListener(SafeDescriptor socket)
{
    // As a rule there is one; a worker that rings without end shall not keep the others waiting.
    private const int MostAtOnce = 16;

    private bool _isClosed;

    /// <summary>The descriptor to poll; negative, which poll(2) passes over, when the worker has closed its end.</summary>
    internal int Descriptor => _isClosed ? -1 : socket.Number;

    /// <summary>Takes what has arrived: it says no more than that something has.</summary>
    internal void Silence()
    {
        byte ring;
        for (int i = 0; i < MostAtOnce; i++)
        {
            nint length = LibC.Receive(socket.Number, &ring, sizeof(byte), MSG_DONTWAIT);
            if (length > 0)
                continue;
            // An empty message says that its sender is no worker of this library any more, as the end does. Its death is the monitor's to
            // tell.
            _isClosed = length == 0 || SystemError.Last == ECONNRESET;
            return;
        }
    }
}
