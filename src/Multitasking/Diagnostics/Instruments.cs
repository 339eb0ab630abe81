using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Multitasking.Diagnostics;

/// <summary>
/// What the library measures and traces, under the name <c>Multitasking</c>; docs/observability.md lists it. Nobody listening, nothing is
/// paid.
/// </summary>
internal static class Instruments
{
    internal const string Name = "Multitasking";

    internal static ActivitySource Source { get; } = new(Name);

    private static readonly Meter s_meter = new(Name);

    internal static Counter<long> Started { get; } =
        s_meter.CreateCounter<long>("multitasking.pool.tasks.started", "{task}", "Tasks that were given to a worker, retries included.");

    internal static Counter<long> Ended { get; } =
        s_meter.CreateCounter<long>("multitasking.pool.tasks.ended", "{task}", "Tasks that ended, by outcome: completed, failed, lost, timed_out, cancelled.");

    internal static Counter<long> Retried { get; } =
        s_meter.CreateCounter<long>("multitasking.pool.tasks.retried", "{task}", "Tasks that are run again because their worker was lost.");

    internal static Histogram<double> QueueTime { get; } =
        s_meter.CreateHistogram<double>("multitasking.pool.task.queue_time", "s", "How long a task waited for a worker; of a map's chunk, once.");

    internal static Histogram<double> RunTime { get; } =
        s_meter.CreateHistogram<double>("multitasking.pool.task.run_time", "s", "How long a task ran in its worker; of a map's chunk, the mean of its items, once.");

    internal static Counter<long> WorkersStarted { get; } =
        s_meter.CreateCounter<long>("multitasking.pool.workers.started", "{worker}", "Workers that were started.");

    internal static Counter<long> WorkersEnded { get; } =
        s_meter.CreateCounter<long>("multitasking.pool.workers.ended", "{worker}", "Workers that ended, by reason: left, ended, lost, not_started.");

    internal static UpDownCounter<long> Stuck { get; } =
        s_meter.CreateUpDownCounter<long>("multitasking.pool.workers.stuck", "{process}", "Processes that SIGKILL did not end; each is named by its id.");

    static Instruments() =>
        s_meter.CreateObservableUpDownCounter("multitasking.pool.workers", PoolMeter.CountWorkers, "{worker}", "Workers that are alive, busy or not.");
}
