using System.Diagnostics;

namespace Multitasking.Pools;

/// <summary>
/// The rule of all pools for workers that do not come to life, or are lost before they did anything: how long the next start waits, and
/// when the pool gives up. Guarded by the lock of its pool.
/// </summary>
internal sealed class StartPolicy
{
    private const int MostFailures = 3, MostDoublings = 5;

    private static readonly long s_firstPause = Stopwatch.Frequency / 20;

    private int _failures;
    private int _deaths;
    private string? _hindrance;
    private volatile Lazy<Exception>? _cause;

    /// <summary>Why the pool is broken for good; the first cause, whatever comes after it.</summary>
    internal Lazy<Exception>? Cause => _cause;

    /// <summary>The time from which the next worker may be started, in <see cref="Stopwatch"/> ticks.</summary>
    internal long NotBefore { get; private set; } = long.MinValue;

    /// <summary>The hindrance, in words, that keeps workers from being started at once; <see langword="null"/> for none.</summary>
    internal string? Trouble =>
        Cause is not null ? "it is broken: its workers do not come to life"
        : _failures > 0 ? $"{_failures} workers in a row did not come to life"
        : _deaths > 1 ? $"{_deaths} workers in a row were lost before they had done anything, so starts are spaced by a growing pause"
        : _hindrance;

    /// <summary>A worker did what it is for.</summary>
    internal void NoteUse() => _failures = _deaths = 0;

    /// <summary>A worker was started without a hindrance.</summary>
    internal void NoteStart() => _hindrance = null;

    /// <summary>A worker did not come to life: the next is tried a little later each time, and the third in a row is the last.</summary>
    /// <param name="cause">What happened to it.</param>
    /// <param name="isPassing">
    /// Whether the system refused what every start needs: then what waits fails, and the next task tries again.
    /// </param>
    /// <param name="hasOthers">Whether the pool has a worker that lives, so that it goes on.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether all that waits fails of it.</returns>
    internal bool NoteFailure(Lazy<Exception> cause, bool isPassing, bool hasOthers, long now)
    {
        Pause(++_failures, now);
        if (_failures < MostFailures || hasOthers)
            return false;
        if (!isPassing)
            Break(cause);
        return true;
    }

    /// <summary>
    /// A worker came to life and was lost before it did anything: the loss of its tasks, if it had any, and not the pool's end.
    /// </summary>
    internal void NoteDeath(long now) => Pause(++_deaths, now);

    /// <summary>The pool goes on with the workers that it has.</summary>
    /// <param name="why">What another one would need.</param>
    /// <param name="until">When to look again.</param>
    internal void Postpone(string why, long until)
    {
        _hindrance = why;
        NotBefore = Math.Max(NotBefore, until);
    }

    /// <summary>No task will be run any more.</summary>
    internal void Break(Lazy<Exception> cause) => _cause ??= cause;

    private void Pause(int times, long now) => NotBefore = Math.Max(NotBefore, now + (s_firstPause << Math.Min(times - 1, MostDoublings)));
}
