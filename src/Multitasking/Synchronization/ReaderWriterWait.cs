using System.Diagnostics;
using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>One who waits for a reader-writer lock.</summary>
internal sealed class ReaderWriterWait(ReaderWriterCore core, bool isWrite, int thread) : ISleeper
{
    // Far more than a wake-up takes.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(1);

    private readonly long _begun = Stopwatch.GetTimestamp();
    private long _heldUpSince;
    private bool _hasSlept;

    internal bool IsWrite => isWrite;

    internal int Thread => thread;

    /// <summary>The phase in which a reader began to wait.</summary>
    internal long QueuedIn { get; set; }

    /// <summary>Whether a writer has slept and waited so long that newcomers should let it by.</summary>
    internal bool IsStarving { get; private set; }

    internal ReaderWriterEntry Entry { get; private set; }

    internal static bool Look(ref ReaderWriterWait wait) => wait.Look();

    internal Permission Ask() => isWrite ? core.State.ToWrite(_hasSlept) : core.State.ToRead(QueuedIn);

    /// <inheritdoc/>
    public TimeSpan Retire()
    {
        IsStarving = isWrite && _hasSlept && Stopwatch.GetElapsedTime(_begun) > s_patience;
        _hasSlept = true;
        core.BeforeSleep(IsStarving);
        return _heldUpSince != 0 ? s_patience : Timeout.InfiniteTimeSpan;
    }

    private bool Look()
    {
        var permission = Ask();
        if (permission != Permission.HeldUp)
            _heldUpSince = 0;
        else if (_heldUpSince == 0)
            _heldUpSince = Stopwatch.GetTimestamp();
        if (permission == Permission.Taken)
            return false;
        bool insists = _heldUpSince != 0 && Stopwatch.GetElapsedTime(_heldUpSince) >= s_patience;
        if ((permission == Permission.HeldUp && !insists) || !core.TryEnter(this, insists, out var entry))
            return false;
        Entry = entry;
        return true;
    }
}
