using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Children;

/// <summary>Ends a wait in <c>poll</c> from another thread (eventfd(2)).</summary>
internal sealed unsafe class Doorbell : IDisposable
{
    private readonly SafeDescriptor _event;

    internal Doorbell()
    {
        int descriptor = LibC.EventDescriptor(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (descriptor < 0)
            throw SystemError.FromLast("eventfd");
        _event = new SafeDescriptor(descriptor);
    }

    /// <summary>What to poll.</summary>
    internal int Descriptor => _event.Number;

    public void Dispose() => _event.Dispose();

    /// <summary>The eventfd itself, to be handed to a child.</summary>
    internal SafeDescriptor Event => _event;

    internal void Ring()
    {
        ulong one = 1;
        // EAGAIN: it rings already.
        if (LibC.Write(Descriptor, &one, sizeof(ulong)) < 0 && SystemError.Last != EAGAIN)
            throw SystemError.FromLast("write to an eventfd");
    }

    internal void Silence()
    {
        ulong rings;
        if (LibC.Read(Descriptor, &rings, sizeof(ulong)) < 0 && SystemError.Last != EAGAIN)
            throw SystemError.FromLast("read from an eventfd");
    }
}
