using System.Diagnostics;

namespace Multitasking.Pools.Processes;

/// <summary>
/// A caller that looks for its answer itself, for a while: a thread that has to be woken for it costs more than a short task
/// (docs/decisions/0010 has the measurements).
/// </summary>
/// <param name="engine">The pool.</param>
internal sealed class CallerLook(ProcessEngine engine)
{
    private static readonly long s_shortTicks = Stopwatch.Frequency / 50_000;
    private static readonly long s_spinTicks = Stopwatch.Frequency / 100_000;
    private static readonly long s_patience = Stopwatch.Frequency / 500;

    private uint _calls;

    /// <summary>Tells whether the caller of a pool's only task should look.</summary>
    /// <param name="ticksPerOrder">How long the pool's tasks take.</param>
    internal bool IsWorthIt(double ticksPerOrder) =>
        Environment.ProcessorCount > 1 && engine.Intake.Pending == 1 && ticksPerOrder < s_shortTicks
        // Now and then not: a caller that has more than one call under way shows it then, and gains by not waiting for each.
        && (++_calls & 127) != 0;

    internal void Look(WorkerProcess worker, Order order)
    {
        long begun = Stopwatch.GetTimestamp(), spinEnd = begun + s_spinTicks, end = begun + s_patience;
        // One that has to be woken may be waiting for this very processor: then it is given up to it.
        bool sleeps = worker.Sender.HadToBeWoken;
        AnswerHearer.Watch(worker);
        while (true)
        {
            engine.Read(worker, waits: false);
            long now = Stopwatch.GetTimestamp();
            // Done with, and not over: its answer is being read, of which the worker says nothing more.
            if (order.IsDone || order.Task.IsOver || now > end || worker.HasEnded)
                break;
            if (sleeps || now > spinEnd)
                sleeps = worker.SleepForAnswer();
            else
                Thread.SpinWait(2);
        }
        while (AnswerHearer.Unwatch(worker))
        {
            AnswerHearer.Watch(worker);
            engine.Read(worker, waits: true);
        }
    }
}
