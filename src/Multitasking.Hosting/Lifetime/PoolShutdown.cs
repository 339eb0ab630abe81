using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Multitasking.Hosting.Lifetime;

/// <summary>Ends the pools when the host has stopped what submits work to them, and kills what is left when the host's time is over.</summary>
internal sealed partial class PoolShutdown(HostedPools pools, ILogger<PoolShutdown> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After every StopAsync, whatever the order in which services were registered.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        var made = pools.Made;
        var ended = Task.WhenAll(made.Select(static pool => pool.DisposeAsync().AsTask()));
        using var late = cancellationToken.UnsafeRegister(_ => Abort(made), null);
        await ended.ConfigureAwait(false);
    }

    private void Abort(ProcessPool[] made)
    {
        foreach (var pool in made)
        {
            if (pool.Pending > 0)
                LogAborted(pool.Name, pool.Pending);
            pool.Abort();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The host's time to shut down is over: {Pool} is aborted with {Pending} tasks that had not ended.")]
    private partial void LogAborted(string pool, long pending);
}
