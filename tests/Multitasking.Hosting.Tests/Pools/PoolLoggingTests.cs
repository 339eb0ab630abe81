using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Multitasking.Contracts;
using Multitasking.Hosting.Tests.Support;
using Xunit;

namespace Multitasking.Hosting.Tests.Pools;

public sealed class PoolLoggingTests : WorkerTest
{
    [Fact]
    public async Task The_tasks_of_a_service_log_to_its_logger()
    {
        var provider = new RecordingProvider();
        using var host = Hosts.With(builder =>
        {
            builder.Logging.AddProvider(provider);
            builder.Services.AddProcessPool(options => options with { Workers = 2 });
            builder.Services.AddSingleton<Squares>();
        });

        RecordingProvider.Ambient.Value = "request 7";
        int[] squares = await host.Services.GetRequiredService<Squares>().OfAsync(Enumerable.Range(1, 100), Cancelled);

        Assert.Equal(Enumerable.Range(1, 100).Select(number => number * number), squares);
        Assert.Equal(Enumerable.Range(1, 100), provider.Entries.Select(entry => (int)entry.State["Number"]!).Order());
        Assert.All(provider.Entries, entry => Assert.NotEqual(Environment.ProcessId, entry.OfScope("ChildProcessId")));
        Assert.All(provider.Entries, entry => Assert.Equal("request 7", entry.Ambient));
    }

    [Fact]
    public async Task What_a_task_logged_is_there_when_its_result_is()
    {
        var provider = new RecordingProvider();
        await using var services = Services(provider);
        var (pool, logger) = (services.GetRequiredService<WorkerPool>(), services.GetRequiredService<ILogger<PoolLoggingTests>>());

        for (int i = 1; i <= 200; i++)
        {
            await pool.RunAsync(Log, logger, i, Cancelled);
            Assert.Equal(i, provider.Entries.Count);
        }

        Assert.Equal(Enumerable.Range(1, 200), provider.Entries.Select(entry => (int)entry.State["Number"]!));
    }

    [Fact]
    public async Task A_level_that_is_switched_on_counts_from_the_next_task_on()
    {
        var provider = new RecordingProvider { IsOn = false };
        await using var services = Services(provider);
        var (pool, logger) = (services.GetRequiredService<WorkerPool>(), services.GetRequiredService<ILogger<PoolLoggingTests>>());

        await pool.RunAsync(Log, logger, 1, Cancelled);
        provider.IsOn = true;
        await pool.RunAsync(Log, logger, 2, Cancelled);

        Assert.Equal(2, Assert.Single(provider.Entries).State["Number"]);
    }

    [Fact]
    public async Task A_logger_that_throws_harms_neither_the_task_nor_the_pool()
    {
        await using var services = Services(new RecordingProvider { OnWrite = static _ => throw new InvalidOperationException("full") });
        var (pool, logger) = (services.GetRequiredService<ProcessPool>(), services.GetRequiredService<ILogger<PoolLoggingTests>>());

        int[] workers = [await pool.RunAsync(Log, logger, 1, Cancelled), await pool.RunAsync(Log, logger, 2, Cancelled)];

        Assert.All(workers, worker => Assert.Contains(worker, pool.WorkerIds));
    }

    [Fact]
    public async Task An_initializer_cannot_log_and_says_so_when_its_pool_is_made()
    {
        await using var services = Services(new RecordingProvider());
        var logger = services.GetRequiredService<ILogger<PoolLoggingTests>>();

        var refusal = Assert.Throws<TargetNotSupportedException>(() => new ProcessPool(new PoolOptions { Initializer = () => logger.LogInformation("no") }));

        Assert.Contains("cannot be part of an initializer", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_of_a_chunk_whose_worker_died_logs_in_the_context_of_the_call()
    {
        var provider = new RecordingProvider();
        await using var services = Services(provider, retries: 1);
        var (pool, logger, first) = (services.GetRequiredService<WorkerPool>(), services.GetRequiredService<ILogger<PoolLoggingTests>>(), NewGate());

        RecordingProvider.Ambient.Value = "request 9";
        await pool.ForEachAsync([1, 2, 3, 4], number => DieOnceAtTwo(logger, first, number), Cancelled);

        Assert.Equal([1, 2, 3, 4], provider.Entries.Select(entry => (int)entry.State["Number"]!).Order());
        Assert.All(provider.Entries, entry => Assert.Equal("request 9", entry.Ambient));
    }

    private static void DieOnceAtTwo(ILogger<PoolLoggingTests> logger, Gate first, int number)
    {
        if (number == 2 && !first.IsOpen)
        {
            first.Open();
            Process.GetCurrentProcess().Kill();
        }
        logger.LogInformation("{Number}", number);
    }

    private static int Log(ILogger<PoolLoggingTests> logger, int number)
    {
        logger.LogInformation("Task {Number}", number);
        return Environment.ProcessId;
    }

    private static ServiceProvider Services(RecordingProvider provider, int retries = 0) => new ServiceCollection()
        .AddLogging(logging => logging.AddProvider(provider))
        .AddProcessPool(options => options with { Workers = 1, Retries = retries, ChunkSize = 4 })
        .BuildServiceProvider();

    private sealed class Squares(WorkerPool pool, ILogger<Squares> logger)
    {
        internal Task<int[]> OfAsync(IEnumerable<int> numbers, CancellationToken cancellationToken)
        {
            var log = logger;
            return pool.MapAsync(
                numbers,
                number =>
                {
                    log.LogInformation("Squaring {Number}", number);
                    return number * number;
                },
                cancellationToken);
        }
    }
}
