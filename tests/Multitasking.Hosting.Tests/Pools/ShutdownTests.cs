using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Multitasking.Contracts;
using Multitasking.Hosting.Tests.Support;
using Xunit;

namespace Multitasking.Hosting.Tests.Pools;

public sealed class ShutdownTests : WorkerTest
{
    [Fact]
    public async Task A_host_that_stops_waits_for_accepted_tasks()
    {
        using var host = Hosts.With(builder => builder.Services.AddProcessPool("a", options => options with { Workers = 1 }));
        await host.StartAsync(Cancelled);
        var (pool, gate) = (host.Pool("a"), NewGate());
        var running = pool.RunAsync(Work.IdAfter, gate, Cancelled);
        var waiting = pool.RunAsync(Work.IdAfter, gate, Cancelled);

        var stop = host.StopAsync(Cancelled);
        await Until.TrueAsync(() => Refuses(pool));
        Assert.False(stop.IsCompleted);
        gate.Open();
        await stop;

        Assert.Equal(await running, await waiting);
        Assert.Empty(pool.WorkerIds);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Services_of_the_program_may_use_a_pool_until_they_have_stopped(bool isRegisteredFirst)
    {
        using var host = Hosts.With(builder =>
        {
            if (isRegisteredFirst)
                builder.Services.AddHostedService<LastMinute>();
            builder.Services.AddProcessPool(options => options with { Workers = 1 }).AddSingleton<LastResult>();
            if (!isRegisteredFirst)
                builder.Services.AddHostedService<LastMinute>();
        });
        await host.StartAsync(Cancelled);

        await host.StopAsync(Cancelled);

        Assert.Equal(42, host.Services.GetRequiredService<LastResult>().Value);
        Assert.True(Refuses(host.Pool()));
    }

    [Fact]
    public async Task What_still_runs_when_the_hosts_time_is_over_is_ended_and_told()
    {
        var provider = new RecordingProvider();
        using var host = Hosts.With(builder =>
        {
            builder.Logging.AddProvider(provider);
            builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
            builder.Services.AddProcessPool("a", options => options with { Workers = 1, TerminationGrace = TimeSpan.FromMilliseconds(50) });
        });
        await host.StartAsync(Cancelled);
        var (pool, gate) = (host.Pool("a"), NewGate());
        var running = pool.RunAsync(Work.IdAfter, gate, Cancelled);

        await host.StopAsync(Cancelled).WaitAsync(Until.Limit, Cancelled);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Empty(pool.WorkerIds);
        var warning = Assert.Single(provider.Entries, entry => entry.Level == LogLevel.Warning && entry.State.ContainsKey("Pool"));
        Assert.Equal(("a", 1L), (warning.State["Pool"], warning.State["Pending"]));
    }

    [Fact]
    public async Task A_host_that_is_only_disposed_ends_its_pools()
    {
        ProcessPool pool;
        using (var host = Hosts.With(builder => builder.Services.AddProcessPool(options => options with { Workers = 1 })))
        {
            pool = host.Pool();
            await pool.RunAsync(static () => 1, Cancelled);
        }

        Assert.True(Refuses(pool));
        Assert.Empty(pool.WorkerIds);
    }

    private static bool Refuses(ProcessPool pool)
    {
        try
        {
            _ = pool.RunAsync(static () => 1, Cancelled);
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private sealed class LastResult
    {
        internal int Value { get; set; }
    }

    private sealed class LastMinute(WorkerPool pool, LastResult result) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken) => result.Value = await pool.RunAsync(static () => 42, cancellationToken);
    }
}
