using System.Runtime.InteropServices;
using Mtcopy.Interop;

namespace Mtcopy.View;

/// <summary>
/// Finds out whether this process was stopped since its lines were last drawn, so that others may have written below them.
/// </summary>
/// <remarks>
/// SIGCONT says so, as Ctrl-Z and SIGSTOP do not. Its handler runs on another thread, perhaps after the next report; so a drawing after a
/// long silence is left out once, for the signal to arrive. Silence alone says nothing: a machine under load keeps silent too.
/// </remarks>
internal sealed class StopSign : IDisposable
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly PosixSignalRegistration _continuation;
    private long? _lastDrawn;
    private volatile bool _hasGoneOn;

    /// <param name="time">The clock.</param>
    public StopSign(TimeProvider time)
    {
        _time = time;
        _continuation = PosixSignalRegistration.Create((PosixSignal)StopSelf.Continuation, _ => _hasGoneOn = true);
    }

    /// <summary>Says what the next drawing has to do.</summary>
    public NextDrawing Next()
    {
        if (_hasGoneOn)
        {
            _hasGoneOn = false;
            return NextDrawing.BelowAll;
        }
        if (_lastDrawn is not { } last || _time.GetElapsedTime(last) <= s_silence)
            return NextDrawing.InPlace;
        NoteDrawn();
        return NextDrawing.Later;
    }

    /// <summary>Notes that something was drawn just now.</summary>
    public void NoteDrawn() => _lastDrawn = _time.GetTimestamp();

    /// <inheritdoc/>
    public void Dispose() => _continuation.Dispose();
}
