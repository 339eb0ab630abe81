using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Multitasking.Contracts;
using Multitasking.Fuse;
using Multitasking.Hosting.Tests.Support;
using Xunit;

namespace Multitasking.Hosting.Tests.Pools;

public sealed class HealthTests : WorkerTest
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(300);

    // A worker may take long to start on a machine that is busy with other things.
    private static readonly PoolHealthOptions s_patient = new() { DegradedAfter = Until.Limit, FailedAfter = Until.Limit };

    [Fact]
    public async Task A_pool_that_runs_a_task_is_healthy_and_tells_its_numbers()
    {
        await using var services = Services(options => options, s_patient);

        var entry = await CheckAsync(services);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal((1, 0L, 1L), (entry.Data["workers"], entry.Data["pending"], entry.Data["completed"]));
        Assert.InRange((int)entry.Data["alive"], 1, 2);
    }

    [Fact]
    public async Task A_pool_in_which_a_task_takes_long_is_degraded()
    {
        await using var services = Services(options => options, s_patient with { DegradedAfter = TimeSpan.FromTicks(1) });

        var entry = await CheckAsync(services);

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.StartsWith("A task in a took ", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_whose_workers_are_all_busy_is_degraded()
    {
        await using var services = Services(options => options, s_patient with { FailedAfter = s_short });
        var (pool, gate) = (services.GetRequiredKeyedService<ProcessPool>("a"), NewGate());
        var busy = pool.RunAsync(Work.IdAfter, gate, Cancelled);
        await Until.TrueAsync(() => pool.WorkersAlive > 0);

        var entry = await CheckAsync(services);

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal("All workers of a are busy; a task waited for 0.3 s and did not run.", entry.Description);
        gate.Open();
        await busy;
        await Until.TrueAsync(() => pool.Pending == 0);
    }

    [Fact]
    public async Task A_pool_that_has_ended_is_unhealthy()
    {
        await using var services = Services(options => options, s_patient);
        services.GetRequiredKeyedService<ProcessPool>("a").Abort();

        var entry = await CheckAsync(services);

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.IsType<ObjectDisposedException>(entry.Exception);
    }

    [Fact]
    public async Task A_pool_that_is_broken_is_unhealthy()
    {
        await using var services = Services(options => options with { Initializer = static () => throw new InvalidOperationException("no licence") }, s_patient);

        var entry = await CheckAsync(services);

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.IsType<PoolBrokenException>(entry.Exception);
        Assert.Contains("no licence", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_with_a_worker_that_does_not_end_is_degraded_and_names_it_until_it_ends()
    {
        await using var mount = await FuseMount.NeverAnsweringAsync();
        await using var services = Services(options => options with { TaskTimeout = TimeSpan.FromSeconds(5) }, s_patient);
        var pool = services.GetRequiredKeyedService<ProcessPool>("a");
        var task = pool.RunAsync(File.ReadAllText, mount.Path("file"), Cancelled);
        int worker = await mount.HeldAsync();
        await Assert.ThrowsAsync<TaskTimeoutException>(() => task.WaitAsync(Until.Limit, Cancelled));

        var entry = await CheckAsync(services);

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.StartsWith($"a runs tasks, but process {worker} does not end: ", entry.Description, StringComparison.Ordinal);
        Assert.StartsWith($"process {worker} does not end: ", (string)entry.Data["trouble"], StringComparison.Ordinal);
        await mount.ReleaseAsync();
        await Until.TrueAsync(() => pool.Trouble is null);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(services)).Status);
    }

    [Fact]
    public async Task A_pool_that_cannot_be_made_is_what_its_check_says_of_failures()
    {
        await using var services = Services(options => options with { Workers = 0 }, s_patient with { FailureStatus = HealthStatus.Degraded, Name = "thumbnails", Tags = ["ready"] });

        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancelled);

        Assert.Equal(HealthStatus.Degraded, report.Entries["thumbnails"].Status);
        Assert.Equal(["ready"], report.Entries["thumbnails"].Tags);
        Assert.IsType<ArgumentOutOfRangeException>(report.Entries["thumbnails"].Exception);
    }

    [Fact]
    public async Task The_pool_without_a_name_has_a_check_of_its_own()
    {
        var collection = new ServiceCollection().AddLogging().AddProcessPool(options => options with { Workers = 1 });
        collection.AddHealthChecks().AddProcessPool(s_patient);
        await using var services = collection.BuildServiceProvider();

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(services)).Status);
    }

    private static ServiceProvider Services(Func<PoolOptions, PoolOptions> pool, PoolHealthOptions health)
    {
        var services = new ServiceCollection().AddLogging().AddProcessPool("a", options => pool(options with { Workers = 1 }));
        services.AddHealthChecks().AddProcessPool("a", health);
        return services.BuildServiceProvider();
    }

    private static async Task<HealthReportEntry> CheckAsync(ServiceProvider services)
    {
        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancelled);
        return Assert.Single(report.Entries).Value;
    }
}
