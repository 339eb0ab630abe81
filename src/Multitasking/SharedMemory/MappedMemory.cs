namespace Multitasking.SharedMemory;

/// <summary>
/// Has forgotten arrays collected when they hold much: the collector sees a few bytes of each, and would let them stay, above all in a worker, which gets arrays with its tasks and makes little garbage else.
/// </summary>
/// <remarks>
/// As a heap does it: at twice of what was in use last, and not below a minimum. So a process that disposes of its arrays never comes here, and one that does not holds at most about twice of what it needs.
/// <see cref="GC.AddMemoryPressure"/> is a hint that the collector follows late (60 arrays of 16 MiB gathered in a worker).
/// </remarks>
internal static class MappedMemory
{
    private const long Minimum = 256 << 20;

    // An array has a descriptor too, of which a process may have a thousand only; so each counts as much as if it were large.
    private const long LeastSize = 512 << 10;

    private static readonly Lock s_lock = new();
    private static long s_size;
    private static long s_limit = Minimum;

    /// <summary>What is mapped now, as it counts.</summary>
    internal static long Size
    {
        get
        {
            lock (s_lock)
                return s_size;
        }
    }

    internal static void Add(long size)
    {
        lock (s_lock)
            s_size += Math.Max(size, LeastSize);
    }

    internal static void Remove(long size)
    {
        lock (s_lock)
        {
            s_size -= Math.Max(size, LeastSize);
            s_limit = Math.Max(Minimum, Math.Min(s_limit, 2 * s_size));
        }
    }

    /// <summary>Collects what was forgotten, if it is time to; before more is mapped, and under no lock, because finalizers are waited for.</summary>
    internal static void CollectIfMuch()
    {
        lock (s_lock)
        {
            if (s_size <= s_limit)
                return;
            // Nobody else meanwhile.
            s_limit = long.MaxValue;
        }
        GC.Collect();
        GC.WaitForPendingFinalizers();
        lock (s_lock)
            s_limit = Math.Max(Minimum, 2 * s_size);
    }
}
