using System.Diagnostics;

namespace Multitasking.Readers;

/// <summary>
/// Threads of the library's own on which what other processes sent is read. Reading may take long, or call code of the user's, so
/// neither the monitor nor a pool's pump does it; and it must not wait for the shared thread pool, all of whose threads may be
/// blocked by callers who wait for just these answers.
/// </summary>
/// <remarks>
/// As many threads work as there are processors, and one more whenever work has waited for a moment in which none was taken, so one
/// that is stuck delays nothing else for longer than that. A free thread leaves after a while, but for one: where no thread is to be
/// had later, reading goes on.
/// </remarks>
internal static class ReaderThreads
{
    private const int StackSize = 1 << 20;

    // In milliseconds: how long work waits, without any being taken, until a further thread takes it.
    private const int Moment = 10;

    private static readonly TimeSpan s_longestIdle = TimeSpan.FromSeconds(5);
    private static readonly object s_lock = new();
    private static readonly Queue<IThreadPoolWorkItem> s_waiting = new();
    private static long s_taken;
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
            // One that is free takes it, or sees to it that it does not wait for long.
            if (s_free > 0 || TryStartThread() || s_threads > 0)
            {
                Monitor.Pulse(s_lock);
                return;
            }
            s_waiting.Clear();
        }
        ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }

    /// <inheritdoc cref="Run(IThreadPoolWorkItem)"/>
    internal static void Run(Action work) => Run(new Work(work));

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
        new Thread(WorkOff, StackSize) { Name = "Multitasking.Reader", IsBackground = true }.UnsafeStart();
        s_threads++;
        // Until it has come to its first look at the queue it counts as free, so that one thread is not started twice for one work.
        s_free++;
    }

    private static void WorkOff()
    {
        var clean = ExecutionContext.Capture()!;
        while (Next() is { } work)
        {
            work.Execute();
            Clean(clean);
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
                if (s_waiting.Count > 0)
                {
                    if (MayTake())
                        return Take();
                    continue;
                }
                if (!Monitor.Wait(s_lock, s_longestIdle) && s_waiting.Count == 0 && s_free > 1)
                {
                    s_threads--;
                    s_free--;
                    return null;
                }
            }
        }
    }

    /// <summary>At once while a processor may be free for it; else after a moment in which no thread came back for more.</summary>
    private static bool MayTake()
    {
        long taken = s_taken, end = Environment.TickCount64 + Moment;
        while (s_waiting.Count > 0 && s_threads - s_free >= Environment.ProcessorCount)
        {
            long left = end - Environment.TickCount64;
            if (left <= 0)
                return true;
            Monitor.Wait(s_lock, (int)left);
            if (s_taken != taken)
                (taken, end) = (s_taken, Environment.TickCount64 + Moment);
        }
        return s_waiting.Count > 0;
    }

    private static IThreadPoolWorkItem Take()
    {
        s_free--;
        s_taken++;
        var work = s_waiting.Dequeue();
        if (s_waiting.Count > 0)
        {
            // Whatever this work turns out to be, the next one is looked after.
            if (s_free > 0)
                Monitor.Pulse(s_lock);
            else
                TryStartThread();
        }
        return work;
    }

    /// <summary>Removes what a user's code has left on this thread, lest it meet that of another.</summary>
    private static void Clean(ExecutionContext clean)
    {
        ExecutionContext.Restore(clean);
        SynchronizationContext.SetSynchronizationContext(null);
        if (Thread.CurrentThread.Priority != ThreadPriority.Normal)
            Thread.CurrentThread.Priority = ThreadPriority.Normal;
    }

    private sealed class Work(Action action) : IThreadPoolWorkItem
    {
        void IThreadPoolWorkItem.Execute() => action();
    }
}
