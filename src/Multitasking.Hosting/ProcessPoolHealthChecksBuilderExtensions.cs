using Microsoft.Extensions.Diagnostics.HealthChecks;
using Multitasking;
using Multitasking.Hosting;
using Multitasking.Hosting.Health;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers health checks of pools.</summary>
/// <remarks>
/// <para>A check runs a trivial task in the pool. It is healthy when that ran soon; degraded when it had to wait long, or did not run because all workers are busy; otherwise, as when the pool is broken or has
/// ended, unhealthy. Its data are <c>workers</c>, <c>alive</c>, <c>pending</c> and <c>completed</c>.</para>
/// <para>The check makes the pool and starts a worker if there is none, and counts as work for <see cref="PoolOptions.IdleTimeout"/>.</para>
/// </remarks>
public static class ProcessPoolHealthChecksBuilderExtensions
{
    /// <summary>Adds the check of the <see cref="WorkerPool"/> that is registered under a name.</summary>
    /// <param name="builder">The checks of the program.</param>
    /// <param name="poolName">The name of the pool.</param>
    /// <param name="options">What counts as healthy, and what the check is called: by default as its pool.</param>
    public static IHealthChecksBuilder AddProcessPool(this IHealthChecksBuilder builder, string poolName, PoolHealthOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(poolName);
        return Add(builder, poolName, options ?? new PoolHealthOptions());
    }

    /// <summary>Adds the check of the <see cref="WorkerPool"/> that is registered without a name.</summary>
    /// <param name="builder">The checks of the program.</param>
    /// <param name="options">What counts as healthy, and what the check is called: by default <c>process pool</c>.</param>
    public static IHealthChecksBuilder AddProcessPool(this IHealthChecksBuilder builder, PoolHealthOptions? options = null) =>
        Add(builder, null, options ?? new PoolHealthOptions());

    private static IHealthChecksBuilder Add(IHealthChecksBuilder builder, string? poolName, PoolHealthOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            options.Name ?? poolName ?? "process pool", provider => new PoolHealthCheck(provider, poolName, options), options.FailureStatus, options.Tags));
    }
}
