using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Multitasking.Contracts;
using Multitasking.Hosting.Tests.Support;
using Xunit;

namespace Multitasking.Hosting.Tests.Pools;

public sealed class RegistrationTests : WorkerTest
{
    [Fact]
    public void A_named_pool_is_one_object_under_both_types()
    {
        using var host = Hosts.With(builder => builder.Services.AddProcessPool("thumbnails", options => options with { Workers = 3 }));

        var pool = host.Pool("thumbnails");

        Assert.Same(pool, host.Services.GetRequiredKeyedService<WorkerPool>("thumbnails"));
        Assert.Same(pool, host.Pool("thumbnails"));
        Assert.Equal(("thumbnails", 3), (pool.Name, pool.Workers));
        Assert.Null(host.Services.GetService<ProcessPool>());
    }

    [Fact]
    public void A_pool_without_a_name_stands_beside_named_ones()
    {
        using var host = Hosts.With(builder => builder.Services
            .AddProcessPool(options => options with { Workers = 1, Name = "the pool" })
            .AddProcessPool("a")
            .AddProcessPool("b"));

        Assert.Equal(["the pool", "a", "b"], new[] { host.Pool(), host.Pool("a"), host.Pool("b") }.Select(pool => pool.Name));
        Assert.Same(host.Pool(), host.Services.GetRequiredService<WorkerPool>());
    }

    [Fact]
    public void Options_may_come_from_other_services()
    {
        using var host = Hosts.With(builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("Workers", "5")]);
            builder.Services.AddProcessPool("a", (services, options) => options with { Workers = int.Parse(services.GetRequiredService<IConfiguration>()["Workers"]!, null) });
            builder.Services.AddProcessPool((services, options) => options with { Workers = services.GetRequiredKeyedService<WorkerPool>("a").Workers + 1 });
        });

        Assert.Equal((5, 6), (host.Pool("a").Workers, host.Pool().Workers));
    }

    [Fact]
    public async Task A_pool_that_nobody_asks_for_is_never_made()
    {
        int made = 0;
        using var host = Hosts.With(builder => builder.Services.AddProcessPool("a", options =>
        {
            made++;
            return options;
        }));

        await host.StartAsync(Cancelled);
        await host.StopAsync(Cancelled);

        Assert.Equal(0, made);
    }

    [Fact]
    public void A_name_that_is_taken_is_refused()
    {
        var services = new ServiceCollection().AddProcessPool("a").AddProcessPool();

        Assert.Throws<InvalidOperationException>(() => services.AddProcessPool("a"));
        Assert.Throws<InvalidOperationException>(() => services.AddProcessPool());
    }

    [Fact]
    public async Task A_test_may_put_an_inline_pool_in_the_place_of_one()
    {
        using var host = Hosts.With(builder => builder.Services
            .AddProcessPool("a")
            .AddKeyedSingleton<WorkerPool>("a", (_, _) => new InlinePool()));
        var pool = host.Services.GetRequiredKeyedService<WorkerPool>("a");

        Assert.Equal(Environment.ProcessId, await pool.RunAsync(static () => Environment.ProcessId, Cancelled));
    }

    [Fact]
    public async Task A_task_runs_in_another_process()
    {
        using var host = Hosts.With(builder => builder.Services.AddProcessPool("a", options => options with { Workers = 1 }));
        var pool = host.Pool("a");

        int id = await pool.RunAsync(static () => Environment.ProcessId, Cancelled);

        Assert.NotEqual(Environment.ProcessId, id);
        Assert.Contains(id, pool.WorkerIds);
    }
}
