using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Multitasking.Diagnostics;

/// <summary>The measurements of one pool.</summary>
internal sealed class PoolMeter(string pool, Func<int> workers)
{
    private static readonly List<WeakReference<PoolMeter>> s_meters = [];

    private readonly KeyValuePair<string, object?> _pool = new("multitasking.pool.name", pool);

    /// <summary>Tells whether anybody wants to know how long tasks wait.</summary>
    internal static bool WantsQueueTimes => Instruments.QueueTime.Enabled;

    /// <summary>Has this pool's workers counted as long as it lives.</summary>
    internal void Register()
    {
        lock (s_meters)
        {
            s_meters.RemoveAll(static meter => !meter.TryGetTarget(out _));
            s_meters.Add(new WeakReference<PoolMeter>(this));
        }
    }

    internal void OnStarted(int tasks, long submitted, long now)
    {
        if (Instruments.Started.Enabled)
            Instruments.Started.Add(tasks, _pool);
        if (submitted != 0 && Instruments.QueueTime.Enabled)
            Instruments.QueueTime.Record(Seconds(now - submitted), _pool);
    }

    internal void OnEnded(int tasks, TaskOutcome outcome)
    {
        if (Instruments.Ended.Enabled)
            Instruments.Ended.Add(tasks, _pool, new KeyValuePair<string, object?>("outcome", NameOf(outcome)));
    }

    internal void OnRetried() => Instruments.Retried.Add(1, _pool);

    internal void OnRan(int tasks, long ticks)
    {
        if (ticks > 0 && Instruments.RunTime.Enabled)
            Instruments.RunTime.Record(Seconds(ticks) / tasks, _pool);
    }

    internal void OnWorkerStarted() => Instruments.WorkersStarted.Add(1, _pool);

    internal void OnWorkerEnded(string reason) => Instruments.WorkersEnded.Add(1, _pool, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>SIGKILL did not end a process, or it has ended after all.</summary>
    internal void OnStuck(int? process, int change) => Instruments.Stuck.Add(change, _pool, new KeyValuePair<string, object?>("process.pid", process));

    /// <summary>Begins the trace of a call, if somebody listens. The caller's activity stays the current one.</summary>
    internal Activity? StartTrace(string operation, string target)
    {
        if (!Instruments.Source.HasListeners())
            return null;
        var activity = Instruments.Source.StartActivity(operation, ActivityKind.Internal);
        activity?.SetTag("multitasking.pool.name", pool).SetTag("multitasking.target", target);
        return activity;
    }

    /// <summary>Ends the trace of a call, on whichever thread, and leaves that thread's own activity as it is.</summary>
    internal static void EndTrace(Activity? activity, Exception? failure)
    {
        if (activity is null)
            return;
        if (failure is not null and not OperationCanceledException)
            activity.SetStatus(ActivityStatusCode.Error, failure.Message).SetTag("error.type", failure.GetType().FullName);
        var current = Activity.Current;
        activity.Stop();
        Activity.Current = current;
    }

    internal static IEnumerable<Measurement<int>> CountWorkers()
    {
        List<PoolMeter> meters = [];
        lock (s_meters)
            foreach (var meter in s_meters)
                if (meter.TryGetTarget(out var alive))
                    meters.Add(alive);
        return meters.Select(static meter => new Measurement<int>(meter.CountOwn(), meter._pool));
    }

    private int CountOwn() => workers();

    private static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;

    private static string NameOf(TaskOutcome outcome) => outcome switch
    {
        TaskOutcome.Completed => "completed",
        TaskOutcome.Failed => "failed",
        TaskOutcome.Lost => "lost",
        TaskOutcome.TimedOut => "timed_out",
        _ => "cancelled",
    };
}
