using System.Diagnostics;

namespace Multitasking.Pools.Flow;

/// <summary>
/// Decides how many items go to a worker at once, and how many chunks are under way: so few that long tasks are shared out evenly and no
/// source is read far ahead, so many that handing over costs little beside the work.
/// </summary>
internal sealed class ChunkPlanner(PoolOptions options)
{
    // A chunk should take about this long: a hundred times what it costs to hand it over.
    private static readonly long s_chunkTicks = Stopwatch.Frequency / 1000;

    // What is under way should last about this long, so that no worker runs dry while its pool is busy elsewhere.
    private static readonly long s_windowTicks = Stopwatch.Frequency / 8000;

    // Not more than workers take without a queue between.
    private const int MostItems = 1 << 15, MostChunksPerWorker = 240, Growth = 8;

    // No worker could take more; and its memory is looked at between two chunks.
    private readonly int _most = options.MaxWorkerMemory is not null ? 1
        : options.ChunkSize is null ? Math.Min(MostItems, options.MaxTasksPerWorker ?? MostItems) : options.MaxTasksPerWorker ?? int.MaxValue;

    // And several times as long as its worker needs to read what the target captured, which each chunk costs once.
    private const int HeadsPerChunk = 8;

    // A worker compiles while it reads its first head, so what the first ones took says little of those that follow.
    private int _headsLeftOut = options.Workers;

    private double _ticksPerItem = double.PositiveInfinity;
    private double _ticksPerHead;
    private int _largest = 1;

    /// <summary>How many items the next chunk shall have.</summary>
    /// <param name="left">How many items there are left, if that is known.</param>
    internal int Size(long? left)
    {
        if (options.ChunkSize is { } size)
            return Math.Min(size, _most);
        // As many items as last no longer than the head are no risk, whatever was tried before: they cost another head at most.
        long headful = (long)(_ticksPerHead / _ticksPerItem);
        int wanted = (int)Math.Clamp(
            Math.Max(s_chunkTicks, HeadsPerChunk * _ticksPerHead) / _ticksPerItem,
            1,
            Math.Min(_most, Math.Max(headful, (long)_largest * Growth)));
        // Towards the end smaller ones, or one worker would still be busy when the others have nothing left; not shorter than their heads.
        int least = (int)Math.Clamp(headful, 1, wanted);
        return left is { } count ? (int)Math.Clamp(count / (2L * options.Workers), least, wanted) : wanted;
    }

    /// <summary>How many chunks may be under way or wait to be taken.</summary>
    internal int Window => (int)Math.Clamp(s_windowTicks * options.Workers / (_ticksPerItem * (options.ChunkSize ?? _largest)), (2 * options.Workers) + 1, Math.Max(3, MostChunksPerWorker * (long)options.Workers));

    /// <summary>Learns from a chunk that has been worked off.</summary>
    /// <param name="items">How many items it had.</param>
    /// <param name="ticks">How long its worker took for it.</param>
    /// <param name="headTicks">How much of that went into what the target captured.</param>
    internal void Learn(int items, long ticks, long headTicks)
    {
        if (ticks <= 0)
            return;
        _ticksPerItem = Learned(_ticksPerItem, Math.Max(1, ticks - headTicks) / (double)items);
        LearnHead(headTicks);
        _largest = Math.Max(_largest, items);
    }

    // The shortest counts: the bytes are the same each time, and what comes on top is a worker that compiles or a busy machine.
    private void LearnHead(long ticks)
    {
        if (_headsLeftOut > 0)
            _headsLeftOut--;
        else
            _ticksPerHead = _ticksPerHead > 0 ? Math.Min(_ticksPerHead, ticks) : ticks;
    }

    // Down at once, up slowly: the first call of a target is compiled, and a busy machine makes any call seem long.
    private static double Learned(double known, double seen) => seen < known ? seen : (known * 0.75) + (seen * 0.25);
}
