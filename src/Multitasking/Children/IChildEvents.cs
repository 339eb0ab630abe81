using Multitasking.Transport;

namespace Multitasking.Children;

/// <summary>What happens to a child, told on the monitor's thread; whoever listens must neither block nor throw.</summary>
internal interface IChildEvents
{
    /// <summary>Whether more has been heard than was worked off: nothing further is read until the monitor is woken.</summary>
    bool IsBehind { get; }

    /// <summary>The first event: the process exists, and waits to be told what to run.</summary>
    void OnSpawned(int id);

    /// <summary>It has been told.</summary>
    void OnStarted(LiveChild child);

    void OnFrame(FrameKind kind, ReadOnlyMemory<byte> payload);

    /// <summary>The last event: the process is gone and reaped.</summary>
    /// <param name="exitCode">The code, minus the signal, or <see langword="null"/> when it is not known.</param>
    /// <param name="linkFailure">What was wrong with what it sent, if anything was.</param>
    void OnEnded(int? exitCode, Exception? linkFailure);
}
