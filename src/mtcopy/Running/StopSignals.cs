using System.Runtime.InteropServices;
using Mtcopy.Interop;

namespace Mtcopy.Running;

/// <summary>Ctrl-C and its kin: the first ends the copy in order, the second at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _cause = (int)ExitCode.Complete;

    public StopSignals()
    {
        On(PosixSignal.SIGINT, ExitCode.Interrupted);
        On(PosixSignal.SIGTERM, ExitCode.Terminated);
        On(PosixSignal.SIGHUP, ExitCode.HungUp);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>The exit code for the signal that came first; <see cref="ExitCode.Complete"/> while none has.</summary>
    public ExitCode Cause => (ExitCode)Volatile.Read(ref _cause);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }

    private void On(PosixSignal signal, ExitCode code) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref _cause, (int)code, (int)ExitCode.Complete) != (int)ExitCode.Complete)
            LibC.Exit((int)code);

        // Not here: whatever the copy does when it is cancelled must not keep a second signal waiting.
        _ = _stop.CancelAsync();
    }));
}
