namespace Multitasking.Copying.Pacing;

/// <summary>The pacer of one worker process.</summary>
internal sealed class ProcessPacer(SharedPace pace) : Pacer(pace.BytesPerSecond)
{
    protected override long SpentUntil => pace.SpentUntil!.Add(0);

    protected override bool MayRun(TimeSpan limit) => pace.Running is null || pace.Running.IsSet || pace.Running.TryWait(limit);

    protected override bool TryAdvance(long from, long to) => pace.SpentUntil!.CompareExchange(to, from) == from;
}
