using System.Runtime.InteropServices;
using Mtcopy.Interop;
using Mtcopy.View;
using Multitasking.Copying;

namespace Mtcopy.Running;

/// <summary>Ctrl-Z: the copy stands still, workers in other processes too, the screen is the shell's, and the process stops until it is continued.</summary>
internal sealed class PauseSignal : IDisposable
{
    private readonly Lock _lock = new();
    private readonly PosixSignalRegistration _registration;
    private bool _isOver;

    public PauseSignal(CopyPause pause, ProgressDisplay display, bool isSilent) =>
        _registration = PosixSignalRegistration.Create((PosixSignal)StopSelf.TerminalStop, context =>
        {
            context.Cancel = true;
            lock (_lock)
                if (!_isOver)
                    StandStill(pause, display, isSilent);
        });

    /// <summary>Waits, should the process be about to stop.</summary>
    public void Dispose()
    {
        _registration.Dispose();
        lock (_lock)
            _isOver = true;
    }

    private static void StandStill(CopyPause pause, ProgressDisplay display, bool isSilent)
    {
        pause.Pause();
        display.Hold(isSilent ? null : "mtcopy: paused");
        StopSelf.UntilContinued();
        display.Release();
        pause.Resume();
    }
}
