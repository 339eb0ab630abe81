namespace Multitasking.Copying.Pacing;

/// <summary>The pacer of all threads of one run.</summary>
internal sealed class ThreadPacer(CopyPause? pause, long bytesPerSecond) : Pacer(bytesPerSecond)
{
    private long _spentUntil;

    protected override long SpentUntil => Volatile.Read(ref _spentUntil);

    protected override bool MayRun(TimeSpan limit) => pause is not { IsPaused: true } || pause.Wait(limit);

    protected override bool TryAdvance(long from, long to) => Interlocked.CompareExchange(ref _spentUntil, to, from) == from;
}
