using System.Runtime.InteropServices;

namespace Multitasking.Interop;

/// <summary>A file descriptor that this process owns. Closed once, by <c>Dispose</c> or by the finalizer.</summary>
internal sealed class SafeDescriptor : SafeHandle
{
    internal SafeDescriptor(int descriptor) : base(-1, ownsHandle: true) => SetHandle(descriptor);

    public override bool IsInvalid => handle < 0;

    /// <summary>The number, for a call that keeps this object alive.</summary>
    internal int Number => (int)handle;

    /// <summary>Keeps it for this process: it is closed to programs that this one starts.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The system refused (a filter, seccomp(2)).</exception>
    internal void CloseToOthers() => CloseToOthers(Number);

    /// <inheritdoc cref="CloseToOthers()"/>
    internal static void CloseToOthers(int number)
    {
        while (LibC.FileControl(number, Constants.F_SETFD, Constants.FD_CLOEXEC) != 0)
            if (SystemError.Last != Constants.EINTR)
                throw SystemError.FromLast("fcntl(F_SETFD)");
    }

    /// <summary>Another descriptor for the same.</summary>
    internal SafeDescriptor Duplicate()
    {
        int copy = LibC.FileControl(Number, Constants.F_DUPFD_CLOEXEC, 0);
        return copy < 0 ? throw SystemError.FromLast("fcntl(F_DUPFD_CLOEXEC)") : new SafeDescriptor(copy);
    }

    protected override bool ReleaseHandle() => LibC.Close((int)handle) == 0;
}
