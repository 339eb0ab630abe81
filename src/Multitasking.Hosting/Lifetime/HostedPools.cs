namespace Multitasking.Hosting.Lifetime;

/// <summary>The pools of one container that have been made, so that its host can end them without making those that nobody asked for.</summary>
internal sealed class HostedPools
{
    private readonly Lock _lock = new();
    private readonly List<ProcessPool> _made = [];

    internal ProcessPool[] Made
    {
        get
        {
            lock (_lock)
                return [.. _made];
        }
    }

    /// <summary>The container holds the pool, and disposes it if no host does.</summary>
    internal ProcessPool Make(PoolOptions options)
    {
        var pool = new ProcessPool(options);
        lock (_lock)
            _made.Add(pool);
        return pool;
    }
}
