using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Children;

/// <summary>A child of this process that is not reaped yet: its number, its end, and the way of signals to it.</summary>
/// <remarks>
/// A pidfd (pidfd_open(2)) tells of the end, and a signal through it never hits a stranger. Where the system gives none (no descriptor is
/// left, a filter, a kernel before 5.3) or takes no signal through it, the number does: it is the child's own until the child is reaped,
/// and only this object reaps it.
/// </remarks>
/// <param name="id">The child's number.</param>
internal sealed unsafe class ProcessHandle(int id) : IDisposable
{
    // More than siginfo_t needs on any architecture.
    private const int InformationSize = 256;

    private readonly Lock _lock = new();
    private readonly SafeDescriptor? _descriptor = TryOpen(id);
    private bool _isReaped;

    internal int Id => id;

    /// <summary>The descriptor to poll for the end; -1 where only <see cref="TryReap"/> tells of it.</summary>
    internal int Descriptor => _descriptor?.Number ?? -1;

    /// <summary>Sends a signal, unless the child is reaped. One that has become another user's refuses it.</summary>
    /// <returns>Whether the child took it, or has ended.</returns>
    internal bool TrySignal(int signal)
    {
        lock (_lock)
        {
            if (_isReaped)
                return true;
            if (_descriptor is not null
                && (LibC.SystemCall(SYS_pidfd_send_signal, _descriptor.Number, signal, 0, 0) == 0 || SystemError.Last == ESRCH))
                return true;
            // Somebody in this process may have taken its exit status (a handler of SIGCHLD), and the number with it.
            return !IsChild() || LibC.SendSignal(id, signal) == 0 || SystemError.Last == ESRCH;
        }
    }

    /// <summary>Takes the exit status, after which the number may belong to somebody else.</summary>
    /// <param name="exitCode">The code, minus the signal, or <see langword="null"/> when somebody else took the exit status.</param>
    /// <returns>Whether the process has ended.</returns>
    internal bool TryReap(out int? exitCode)
    {
        lock (_lock)
        {
            int status, result;
            do
                result = LibC.WaitForProcess(id, &status, WNOHANG);
            while (result < 0 && SystemError.Last == EINTR);
            exitCode = result == id ? ExitStatus.Decode(status) : null;
            // ECHILD: somebody in this process reaped it, or SIGCHLD was ignored again after the start.
            _isReaped = result == id || (result < 0 && SystemError.Last == ECHILD);
            return _isReaped;
        }
    }

    public void Dispose() => _descriptor?.Dispose();

    private static SafeDescriptor? TryOpen(int id)
    {
        nint descriptor = LibC.SystemCall(SYS_pidfd_open, id, 0, 0, 0);
        return descriptor < 0 ? null : new SafeDescriptor((int)descriptor);
    }

    private bool IsChild()
    {
        byte* information = stackalloc byte[InformationSize];
        return LibC.WaitForState(P_PID, (uint)id, information, WEXITED | WNOHANG | WNOWAIT) == 0 || SystemError.Last != ECHILD;
    }
}
