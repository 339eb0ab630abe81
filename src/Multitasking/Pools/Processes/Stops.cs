namespace Multitasking.Pools.Processes;

/// <summary>The times in which a pool's process was stopped, and its workers with it in all likelihood: they are no task's.</summary>
internal sealed class Stops
{
    // More than that within one task are forgotten.
    private const int Most = 16;

    private readonly Lock _lock = new();
    private readonly Queue<(long NoticedAt, long Ticks)> _stops = new();
    private volatile bool _hasAny;

    internal void Add(long noticedAt, long ticks)
    {
        lock (_lock)
        {
            if (_stops.Count == Most)
                _stops.Dequeue();
            _stops.Enqueue((noticedAt, ticks));
            _hasAny = true;
        }
    }

    /// <summary>How much of the time since then is not to be counted, in ticks.</summary>
    internal long Since(long time)
    {
        if (!_hasAny)
            return 0;
        long sum = 0;
        lock (_lock)
            foreach (var (noticedAt, ticks) in _stops)
                if (noticedAt > time)
                    sum += Math.Min(ticks, noticedAt - time);
        return sum;
    }
}
