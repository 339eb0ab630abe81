using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Multitasking.Contracts;
using Multitasking.Hosting.Tests.Support;
using Xunit;

namespace Multitasking.Hosting.Tests.Logging;

public sealed partial class ChildLoggingTests : WorkerTest
{
    private readonly RecordingProvider _provider = new();
    private readonly ILoggerFactory _factory;

    public ChildLoggingTests()
    {
        ChildLogging.Enable();
        _factory = LoggerFactory.Create(builder => builder.AddProvider(_provider).SetMinimumLevel(LogLevel.Information));
    }

    [Fact]
    public async Task A_captured_logger_logs_to_the_original_with_the_childs_id()
    {
        var logger = _factory.CreateLogger("Pages");

        int id = await InChild(() =>
        {
            logger.LogWarning(new EventId(7, "Slow"), "Page {Page} took {Seconds} s", "home", 1.5);
            return Environment.ProcessId;
        });

        var entry = Assert.Single(_provider.Entries);
        Assert.Equal(("Pages", LogLevel.Warning, "Page home took 1.5 s"), (entry.Category, entry.Level, entry.Message));
        Assert.Equal((7, "Slow"), (entry.Event.Id, entry.Event.Name));
        Assert.Equal(("home", 1.5, "Page {Page} took {Seconds} s"), (entry.State["Page"], entry.State["Seconds"], entry.State["{OriginalFormat}"]));
        Assert.Equal(id, entry.OfScope("ChildProcessId"));
        Assert.NotEqual(Environment.ProcessId, id);
    }

    [Fact]
    public async Task A_logger_of_a_category_that_is_an_argument_fits_its_parameter()
    {
        var child = new ChildProcess(LogHello, args: [_factory.CreateLogger<ChildLoggingTests>()], name: "greeter");

        child.Start();
        await child.JoinAsync(Cancelled);

        var entry = Assert.Single(_provider.Entries);
        Assert.Equal((typeof(ChildLoggingTests).FullName, "Hello from greeter"), (entry.Category, entry.Message));
        Assert.Equal("greeter", entry.OfScope("ChildProcessName"));
    }

    [Fact]
    public async Task A_logger_of_a_host_crosses_as_the_field_of_an_object()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(_provider);
        builder.Services.AddSingleton<Greeter>();
        using var host = builder.Build();
        var greeter = host.Services.GetRequiredService<Greeter>();

        await InChild(greeter.Greet);

        Assert.Equal("Good day, Ada", Assert.Single(_provider.Entries).Message);
    }

    [Fact]
    public async Task Records_come_in_order_and_before_the_answer()
    {
        var logger = _factory.CreateLogger("Counter");

        await InChild(() =>
        {
            for (int i = 0; i < 500; i++)
                logger.LogInformation("{Number}", i);
        });

        Assert.Equal(Enumerable.Range(0, 500), _provider.Entries.Select(entry => (int)entry.State["Number"]!));
    }

    [Fact]
    public async Task A_logger_that_crossed_twice_with_a_call_is_one()
    {
        var logger = _factory.CreateLogger("One");
        var pair = (logger, new[] { logger });

        Assert.True(await InChild(() => ReferenceEquals(pair.logger, pair.Item2[0])));
    }

    [Fact]
    public async Task Levels_are_enabled_there_as_here()
    {
        var logger = _factory.CreateLogger("Levels");

        var enabled = await InChild(() => Enum.GetValues<LogLevel>().Where(logger.IsEnabled).ToArray());
        await InChild(() => logger.LogDebug("{Costly}", new Costly()));

        Assert.Equal([LogLevel.Information, LogLevel.Warning, LogLevel.Error, LogLevel.Critical], enabled);
        Assert.Empty(_provider.Entries);
    }

    [Fact]
    public async Task Plain_values_keep_their_type_and_others_become_text()
    {
        var logger = _factory.CreateLogger("Values");
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

        await InChild(() =>
        {
            logger.LogInformation("{Int} {Long} {Double} {Decimal} {Bool} {Char}", 1, 2L, 0.1, 1.20m, true, 'c');
            logger.LogInformation("{Byte} {Single} {Time} {Nothing}", byte.MaxValue, float.Epsilon, time, null);
            logger.LogInformation("{Enum} {Id} {Span} {Items} {Record}", DayOfWeek.Friday, Guid.Empty, TimeSpan.FromSeconds(1), new[] { 1, 2 }, new Costly());
        });

        Assert.Equal(
            [1, 2L, 0.1, 1.20m, true, 'c', byte.MaxValue, float.Epsilon, time, null, "Friday", Guid.Empty.ToString(), "00:00:01", "1, 2", "costly"],
            _provider.Entries.SelectMany(entry => entry.State).Where(value => value.Key != "{OriginalFormat}").Select(value => value.Value));
        Assert.Equal(DateTimeKind.Utc, ((DateTime)_provider.Entries[1].State["Time"]!).Kind);
        Assert.All(_provider.Entries, entry => Assert.DoesNotContain("LogValue", entry.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scopes_of_the_child_come_along()
    {
        var logger = _factory.CreateLogger("Scopes");

        await InChild(() =>
        {
            using (logger.BeginScope("Order {Order}", 12))
            using (logger.BeginScope("inner"))
                logger.LogInformation("within");
            logger.LogInformation("without");
        });

        var (within, without) = (_provider.Entries[0], _provider.Entries[1]);
        Assert.Equal(12, within.OfScope("Order"));
        Assert.Equal(["Order 12", "inner"], within.Scopes.Skip(1).Select(scope => scope!.ToString()));
        Assert.Single(without.Scopes);
    }

    [Fact]
    public async Task An_exception_prints_as_it_does_there()
    {
        var logger = _factory.CreateLogger("Errors");

        string text = await InChild(() =>
        {
            try
            {
                Fail();
                return "";
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "It failed");
                return exception.ToString();
            }
        });

        var exception = Assert.Single(_provider.Entries).Exception!;
        Assert.Equal("no paper", exception.Message);
        Assert.Equal(text, exception.ToString());
        Assert.Contains(nameof(Fail), exception.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generated_log_methods_work()
    {
        var logger = _factory.CreateLogger("Generated");

        await InChild(() => LogStarted(logger, "job", 3));

        var entry = Assert.Single(_provider.Entries);
        Assert.Equal(("Started job on 3", 3), (entry.Message, entry.State["Workers"]));
        Assert.Equal(nameof(LogStarted), entry.Event.Name);
    }

    [Fact]
    public async Task Records_belong_to_the_context_of_the_call()
    {
        var logger = _factory.CreateLogger("Context");

        RecordingProvider.Ambient.Value = "request 5";
        using (logger.BeginScope("scope of the caller"))
            await InChild(() => logger.LogInformation("hello"));

        var entry = Assert.Single(_provider.Entries);
        Assert.Equal("request 5", entry.Ambient);
        Assert.Equal("scope of the caller", entry.Scopes[0]!.ToString());
    }

    [Fact]
    public async Task A_logger_that_throws_harms_neither_the_call_nor_later_records()
    {
        var provider = new RecordingProvider { OnWrite = static message => { if (message == "bad") throw new InvalidOperationException("full"); } };
        var logger = LoggerOf(provider);

        int answer = await InChild(() =>
        {
            logger.LogInformation("bad");
            logger.LogInformation("good");
            return 42;
        });

        Assert.Equal(42, answer);
        Assert.Equal("good", Assert.Single(provider.Entries).Message);
    }

    [Fact]
    public async Task A_logger_that_writes_nothing_crosses_and_writes_nothing()
    {
        (ILogger Plain, ILogger<Greeter> Typed) silent = (NullLogger.Instance, NullLogger<Greeter>.Instance);

        Assert.False(await InChild(() =>
        {
            silent.Plain.LogCritical("nothing");
            silent.Typed.LogCritical("nothing");
            return silent.Plain.IsEnabled(LogLevel.Critical) || silent.Typed.IsEnabled(LogLevel.Critical);
        }));
    }

    [Fact]
    public async Task A_child_hands_its_logger_on_to_a_child_of_its_own()
    {
        var logger = _factory.CreateLogger("Family");

        int grandchild = await InChild(() => ChildProcess.RunAsync(() =>
        {
            logger.LogInformation("hello");
            return Environment.ProcessId;
        }));

        Assert.Equal(grandchild, Assert.Single(_provider.Entries).OfScope("ChildProcessId"));
    }

    [Fact]
    public async Task What_was_logged_before_a_failure_is_there_after_it()
    {
        var logger = _factory.CreateLogger("Last words");

        await Assert.ThrowsAsync<WorkerLostException>(() => InChild(() =>
        {
            logger.LogCritical("about to die");
            Process.GetCurrentProcess().Kill();
        }));

        Assert.Equal("about to die", Assert.Single(_provider.Entries).Message);
    }

    private static Task<T> InChild<T>(Func<T> target) => ChildProcess.RunAsync(target, cancellationToken: Cancelled);

    private static Task<T> InChild<T>(Func<Task<T>> target) => ChildProcess.RunAsync(target, cancellationToken: Cancelled);

    private static Task InChild(Action target) => ChildProcess.RunAsync(target, cancellationToken: Cancelled);

    private static ILogger LoggerOf(RecordingProvider provider) =>
        LoggerFactory.Create(builder => builder.AddProvider(provider)).CreateLogger("Provider");

    private static void LogHello(ILogger<ChildLoggingTests> logger) => logger.LogInformation("Hello from {Name}", ChildProcess.Current.Name);

    private static void Fail() => throw new InvalidOperationException("no paper");

    [LoggerMessage(LogLevel.Information, "Started {Name} on {Workers}")]
    private static partial void LogStarted(ILogger logger, string name, int workers);

    internal sealed class Greeter(ILogger<Greeter> logger)
    {
        internal void Greet() => logger.LogInformation("Good day, {Name}", "Ada");
    }

    private sealed class Costly
    {
        public override string ToString() => "costly";
    }
}
