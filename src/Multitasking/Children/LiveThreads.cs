namespace Multitasking.Children;

/// <summary>
/// The non-daemon threads of this process that still run. The runtime waits for them where <c>Main</c> returns; in a child
/// <c>Main</c> never runs, so its end waits here.
/// </summary>
internal static class LiveThreads
{
    private static readonly List<Thread> s_threads = [];

    internal static void Add(Thread thread)
    {
        lock (s_threads)
            s_threads.Add(thread);
    }

    internal static void Remove(Thread thread)
    {
        lock (s_threads)
            s_threads.Remove(thread);
    }

    internal static void JoinAll()
    {
        while (Next() is { } thread)
            thread.Join();
    }

    private static Thread? Next()
    {
        lock (s_threads)
        {
            s_threads.RemoveAll(static thread => !thread.IsAlive);
            return s_threads.Count > 0 ? s_threads[^1] : null;
        }
    }
}
