namespace Multitasking.Pools.Processes;

/// <summary>The times in which a pool's process was stopped, and its workers with it in all likelihood: they are no task's.</summary>
internal sealed class Stops
{
    // More than that within one task are forgotten.
    private const int Most = 16;

    private readonly Lock _lock = new();
    private readonly Queue<Stop> _stops = new();
    private volatile bool _hasAny;

    internal void Add(long noticedAt, long ticks)
    {
        lock (_lock)
        {
            if (_stops.Count == Most)
                _stops.Dequeue();
            _stops.Enqueue(new Stop(noticedAt, ticks));
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
            foreach (var stop in _stops)
                if (stop.NoticedAt > time)
                    sum += Math.Min(stop.Ticks, stop.NoticedAt - time);
        return sum;
    }

    private sealed record Stop(long NoticedAt, long Ticks);
}
