using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Multitasking.Hosting.Tests.Support;

/// <summary>Hosts that print nothing and watch no files.</summary>
internal static class Hosts
{
    internal static IHost With(Action<HostApplicationBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        configure(builder);
        return builder.Build();
    }

    internal static ProcessPool Pool(this IHost host, string? name = null) => host.Services.GetRequiredKeyedService<ProcessPool>(name);
}
