using System.Diagnostics;

namespace Multitasking.Bootstrap;

/// <summary>
/// Takes back what a task has left on the thread of its worker: a priority, an interrupt that is still to come. A monitor that it holds,
/// nobody can take from it.
/// </summary>
internal static class WorkerThread
{
    // To look for an interrupt takes up to half a microsecond, which short tasks that come one after the other would feel.
    private static readonly long s_worthALook = Stopwatch.Frequency / 50_000;
    private static readonly ManualResetEvent s_open = new(initialState: true);

    /// <summary>Called on the thread after each task.</summary>
    /// <param name="taken">How long the task took, in ticks of <see cref="Stopwatch"/>.</param>
    /// <param name="isIdle">Whether no other task waits for the thread.</param>
    internal static void Clean(long taken, bool isIdle)
    {
        var thread = Thread.CurrentThread;
        if (thread.Priority != ThreadPriority.Normal)
            thread.Priority = ThreadPriority.Normal;
        if (isIdle || taken > s_worthALook)
            TakeInterrupt();
    }

    /// <summary>An interrupt meets the next wait, whoever waits.</summary>
    internal static void TakeInterrupt()
    {
        try
        {
            s_open.WaitOne(0);
        }
        catch (ThreadInterruptedException)
        {
        }
    }
}
