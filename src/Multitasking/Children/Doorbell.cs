using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Children;

/// <summary>Ends a wait in <c>poll</c> from another thread of this process (eventfd(2)).</summary>
/// <remarks>It must not cross into a child: that could have its end wait, and with it this one (O_NONBLOCK belongs to both).</remarks>
internal sealed unsafe class Doorbell : IDisposable
{
    private const int Attempts = 100;
    private const int PauseMilliseconds = 1;

    private readonly SafeDescriptor _event;

    internal Doorbell()
    {
        int descriptor = LibC.EventDescriptor(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (descriptor < 0)
            throw SystemError.FromLast("eventfd");
        _event = new SafeDescriptor(descriptor);
    }

    /// <summary>The descriptor to poll.</summary>
    internal int Descriptor => _event.Number;

    public void Dispose() => _event.Dispose();

    /// <summary>Rings, and goes on trying where the system refuses it for a moment.</summary>
    internal void Ring()
    {
        ulong one = 1;
        for (int attempt = 1; LibC.Write(Descriptor, &one, sizeof(ulong)) < 0; attempt++)
        {
            int error = SystemError.Last;
            // It rings already.
            if (error == EAGAIN)
                return;
            if (attempt == Attempts)
                throw SystemError.From("write to an eventfd", error);
            if (error != EINTR)
                Thread.Sleep(PauseMilliseconds);
        }
    }

    /// <summary>Stops it. Where the system refuses that, it goes on ringing, and is stopped when it is next heard.</summary>
    internal void Silence()
    {
        ulong rings;
        if (LibC.Read(Descriptor, &rings, sizeof(ulong)) < 0 && SystemError.Last is not (EAGAIN or EINTR))
            Thread.Sleep(PauseMilliseconds);
    }
}
