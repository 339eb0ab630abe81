using Microsoft.Extensions.DependencyInjection.Extensions;
using Multitasking;
using Multitasking.Hosting;
using Multitasking.Hosting.Lifetime;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers process pools as services.</summary>
/// <remarks>
/// <para>A pool is made when it is first asked for, and its workers start when there is work. At the end of the host it takes no further tasks and finishes those that it has
/// accepted, after the program's own hosted services have stopped; when the host's time to shut down is over, what still runs is ended.</para>
/// <para>Each is registered as <see cref="ProcessPool"/> and as <see cref="WorkerPool"/>; who asks for the latter can be tested with an <see cref="InlinePool"/> in its place. Registering a pool calls
/// <see cref="ChildLogging.Enable"/>.</para>
/// </remarks>
/// <example>
/// <code>
/// builder.Services.AddProcessPool("thumbnails", options => options with { Workers = 4 });
///
/// class Gallery([FromKeyedServices("thumbnails")] WorkerPool pool);
/// </code>
/// </example>
public static class ProcessPoolServiceCollectionExtensions
{
    /// <summary>Registers a pool under a name.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="name">The key of the service, and the pool's <see cref="PoolOptions.Name"/> unless it is given another.</param>
    /// <param name="configure">Makes the pool's options of the defaults.</param>
    /// <exception cref="InvalidOperationException">A pool is registered under this name already.</exception>
    public static IServiceCollection AddProcessPool(this IServiceCollection services, string name, Func<PoolOptions, PoolOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Add(services, name, (_, options) => configure?.Invoke(options) ?? options);
    }

    /// <inheritdoc cref="AddProcessPool(IServiceCollection, string, Func{PoolOptions, PoolOptions}?)"/>
    /// <param name="services">The services of the program.</param>
    /// <param name="name">The key of the service, and the pool's <see cref="PoolOptions.Name"/> unless it is given another.</param>
    /// <param name="configure">Makes the pool's options of other services (the program's configuration, for instance) and the defaults.</param>
    public static IServiceCollection AddProcessPool(this IServiceCollection services, string name, Func<IServiceProvider, PoolOptions, PoolOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, name, configure);
    }

    /// <summary>Registers a pool without a name, for a program that has one.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="configure">Makes the pool's options of the defaults.</param>
    /// <exception cref="InvalidOperationException">A pool without a name is registered already.</exception>
    public static IServiceCollection AddProcessPool(this IServiceCollection services, Func<PoolOptions, PoolOptions>? configure = null) =>
        Add(services, null, (_, options) => configure?.Invoke(options) ?? options);

    /// <inheritdoc cref="AddProcessPool(IServiceCollection, Func{PoolOptions, PoolOptions}?)"/>
    /// <param name="services">The services of the program.</param>
    /// <param name="configure">Makes the pool's options of other services (the program's configuration, for instance) and the defaults.</param>
    public static IServiceCollection AddProcessPool(this IServiceCollection services, Func<IServiceProvider, PoolOptions, PoolOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, null, configure);
    }

    private static IServiceCollection Add(IServiceCollection services, string? name, Func<IServiceProvider, PoolOptions, PoolOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        foreach (var service in services)
            if (service.ServiceType == typeof(ProcessPool) && Equals(service.ServiceKey, name))
                throw new InvalidOperationException(
                    name is null ? "A process pool without a name is registered already. Give one of them a name." : $"A process pool '{name}' is registered already. Give one of them another name.");
        ChildLogging.Enable();
        services.TryAddSingleton<HostedPools>();
        services.AddHostedService<PoolShutdown>();
        services.Add(new ServiceDescriptor(
            typeof(ProcessPool), name, (provider, _) => provider.GetRequiredService<HostedPools>().Make(configure(provider, new PoolOptions { Name = name })), ServiceLifetime.Singleton));
        services.Add(new ServiceDescriptor(
            typeof(WorkerPool), name, static (provider, key) => provider.GetRequiredKeyedService<ProcessPool>(key), ServiceLifetime.Singleton));
        return services;
    }
}
