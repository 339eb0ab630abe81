using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Multitasking.Hosting;

/// <summary>What counts as healthy for a pool, and what its check is called.</summary>
public sealed record PoolHealthOptions
{
    /// <summary>What the check is called; by default as the pool.</summary>
    public string? Name { get; init; }

    /// <summary>The pool is degraded when a task takes longer than this to be run; the default is a second, enough to start a worker.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public TimeSpan DegradedAfter
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, nameof(DegradedAfter));
            field = value;
        }
    } = TimeSpan.FromSeconds(1);

    /// <summary>The pool has failed when a task was not run after this, unless all workers are busy; the default is ten seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public TimeSpan FailedAfter
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, nameof(FailedAfter));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMilliseconds(int.MaxValue), nameof(FailedAfter));
            field = value;
        }
    } = TimeSpan.FromSeconds(10);

    /// <summary>What is reported for a pool that has failed; the default is <see cref="HealthStatus.Unhealthy"/>.</summary>
    public HealthStatus FailureStatus { get; init; } = HealthStatus.Unhealthy;

    /// <summary>The tags of the check.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
