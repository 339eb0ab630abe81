using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Multitasking.Hosting.Health;

/// <summary>Runs a trivial task in a pool, and judges by when it ran.</summary>
internal sealed class PoolHealthCheck(IServiceProvider services, string? poolName, PoolHealthOptions options) : IHealthCheck
{
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever keeps a pool from running a task is what the check is to report.")]
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        WorkerPool? pool = null;
        try
        {
            // Here rather than by the one who makes the check: options that are wrong are a failed check too.
            pool = services.GetRequiredKeyedService<WorkerPool>(poolName);
            return await ProbeAsync(pool, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(options.FailureStatus, exception.Message, exception, pool is null ? null : DataOf(pool));
        }
    }

    private async Task<HealthCheckResult> ProbeAsync(WorkerPool pool, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        long start = Stopwatch.GetTimestamp();
        try
        {
            // Not by the token alone: a pool that is stuck may be stuck in cancelling, too.
            await pool.RunAsync(Nothing, end.Token).WaitAsync(options.FailedAfter, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            bool isBusy = pool.WorkersAlive >= pool.Workers && pool.Pending > pool.Workers;
            var data = DataOf(pool);
            await end.CancelAsync().ConfigureAwait(false);
            return isBusy
                ? HealthCheckResult.Degraded($"All workers of {pool.Name} are busy; a task waited for {options.FailedAfter.TotalSeconds:0.#} s and did not run.", data: data)
                : new HealthCheckResult(options.FailureStatus, $"No worker of {pool.Name} ran a task within {options.FailedAfter.TotalSeconds:0.#} s.", data: data);
        }
        var waited = Stopwatch.GetElapsedTime(start);
        if (waited > options.DegradedAfter)
            return HealthCheckResult.Degraded($"A task in {pool.Name} took {waited.TotalSeconds:0.0} s to be run.", data: DataOf(pool));
        return pool.Trouble is { } trouble
            ? HealthCheckResult.Degraded($"{pool.Name} runs tasks, but {trouble}.", data: DataOf(pool))
            : HealthCheckResult.Healthy(data: DataOf(pool));
    }

    private static void Nothing()
    {
    }

    private static Dictionary<string, object> DataOf(WorkerPool pool)
    {
        var data = new Dictionary<string, object>
        {
            ["workers"] = pool.Workers,
            ["alive"] = pool.WorkersAlive,
            ["pending"] = pool.Pending,
            ["completed"] = pool.Completed,
        };
        if (pool.Trouble is { } trouble)
            data["trouble"] = trouble;
        return data;
    }
}
