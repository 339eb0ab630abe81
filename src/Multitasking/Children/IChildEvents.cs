using Multitasking.Transport;

namespace Multitasking.Children;

/// <summary>Hears what happens to a child, on the monitor's thread; it must neither block nor throw.</summary>
internal interface IChildEvents
{
    /// <summary>Tells whether more has been heard than was worked off: nothing further is read until the monitor is woken.</summary>
    bool IsBehind { get; }

    /// <summary>It could not be started; no other event follows.</summary>
    void OnNotStarted(Exception why);

    /// <summary>The first event: the process exists, and waits to be told what to run.</summary>
    void OnSpawned(int id);

    /// <summary>It has been told.</summary>
    void OnStarted(LiveChild child);

    void OnFrame(FrameKind kind, ReadOnlyMemory<byte> payload);

    /// <summary>Its time limit has passed, and it is being ended.</summary>
    void OnLimit();

    /// <summary>
    /// SIGKILL has not ended it for <see cref="LiveChild.LongestDeath"/>: nothing is to wait for it any more.
    /// <see cref="OnEnded"/> follows if it ends after all.
    /// </summary>
    void OnStuck();

    /// <summary>The last event: the process is gone and reaped.</summary>
    /// <param name="exitCode">The code, minus the signal, or <see langword="null"/> when it is not known.</param>
    /// <param name="linkFailure">What was wrong with what it sent, if anything was.</param>
    void OnEnded(int? exitCode, Exception? linkFailure);
}
