using System.Diagnostics;

namespace Multitasking.Readers;

/// <summary>
/// Threads of the library's own on which what other processes sent is read. Reading may take long, or call code of the user's, so
/// neither the monitor nor a pool's pump does it; and it must not wait for the shared thread pool, all of whose threads may be
/// blocked by callers who wait for just these answers.
/// </summary>
/// <remarks>
/// A thread is added whenever work waits and no thread is free, so one that is stuck delays nothing else. A free thread leaves after
/// a while, but for one: where no thread is to be had later, reading goes on.
/// </remarks>
internal static class ReaderThreads
{
    private const int StackSize = 1 << 20;

    private static readonly TimeSpan s_longestIdle = TimeSpan.FromSeconds(5);
    private static readonly object s_lock = new();
    private static readonly Queue<IThreadPoolWorkItem> s_waiting = new();
    private static int s_threads;
    private static int s_free;

    /// <summary>Starts the first thread, if none runs.</summary>
    /// <exception cref="OutOfMemoryException">The system has no thread to give.</exception>
    internal static void Prepare()
    {
        lock (s_lock)
            if (s_threads == 0)
                StartThread();
    }

    /// <summary>Executes the work as soon as a thread is there for it. It must not throw.</summary>
    /// <param name="work">What to do.</param>
    internal static void Run(IThreadPoolWorkItem work)
    {
        lock (s_lock)
        {
            s_waiting.Enqueue(work);
            if (s_free >= s_waiting.Count || TryStartThread())
            {
                Monitor.Pulse(s_lock);
                return;
            }
            // The threads that run take it in their turn.
            if (s_threads > 0)
                return;
            s_waiting.Clear();
        }
        ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }

    private static bool TryStartThread()
    {
        try
        {
            StartThread();
            return true;
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            return false;
        }
    }

    private static void StartThread()
    {
        Debug.Assert(Monitor.IsEntered(s_lock));
        new Thread(Work, StackSize) { Name = "Multitasking.Reader", IsBackground = true }.UnsafeStart();
        s_threads++;
        // Until it has come to its first look at the queue it counts as free, so that one thread is not started twice for one work.
        s_free++;
    }

    private static void Work()
    {
        while (Next() is { } work)
        {
            work.Execute();
            lock (s_lock)
                s_free++;
        }
    }

    /// <returns><see langword="null"/> when this thread is not needed any more.</returns>
    private static IThreadPoolWorkItem? Next()
    {
        lock (s_lock)
        {
            while (true)
            {
                if (s_waiting.TryDequeue(out var work))
                {
                    s_free--;
                    return work;
                }
                if (!Monitor.Wait(s_lock, s_longestIdle) && s_waiting.Count == 0 && s_threads > 1)
                {
                    s_threads--;
                    s_free--;
                    return null;
                }
            }
        }
    }
}
