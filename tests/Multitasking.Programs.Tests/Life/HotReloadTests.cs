using System.Reflection;
using System.Reflection.Metadata;
using Multitasking.Contracts;

namespace Multitasking.Programs.Tests.Life;

/// <summary>Code that was changed in a running program is in no child of it.</summary>
public sealed class HotReloadTests : ProgramTest
{
    [Fact]
    public async Task Starts_and_tasks_are_refused_after_an_update()
    {
        await using var parent = OtherParent.Start("changed-by-hot-reload");
        await parent.SaysAsync("before: 1 2");
        await parent.SaysAsync("child: This program was changed by hot reload; start it again.");
        await parent.SaysAsync("started child: This program was changed by hot reload; start it again.");
        await parent.SaysAsync("pool with a worker: This program was changed by hot reload; start it again.");
        await parent.SaysAsync("new pool: This program was changed by hot reload; start it again.");
        await parent.SaysAsync("object: This program was changed by hot reload; start it again.");
        await parent.SaysAsync("with the switch: 1 2");
        Assert.Equal(0, await parent.ExitAsync());
    }

    [Fact]
    public void Runtime_finds_the_handler()
    {
        var attribute = Assert.Single(typeof(ChildProcess).Assembly.GetCustomAttributes<MetadataUpdateHandlerAttribute>());
        var method = attribute.HandlerType.GetMethod("UpdateApplication", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(Type[])]);
        Assert.Equal(typeof(void), method?.ReturnType);
    }
}
