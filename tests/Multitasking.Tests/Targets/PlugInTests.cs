using System.Reflection;
using System.Runtime.Loader;
using Multitasking.Contracts;
using Multitasking.PlugIns;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Targets;

/// <summary>Targets of plug-ins: another process finds them, and what they refer to, as this one did.</summary>
[Collection(nameof(Alone))]
public sealed class PlugInTests : WorkerTest
{
    /// <summary>How a program loads a plug-in, by name.</summary>
    private static readonly Dictionary<string, Func<string, Assembly>> s_ways = new()
    {
        ["a context with a resolver"] = static path => new Resolving(path, isCollectible: false).LoadFromAssemblyPath(path),
        ["a collectible context"] = static path => new Resolving(path, isCollectible: true).LoadFromAssemblyPath(path),
        ["a context with a handler"] = static path => WithHandler(path).LoadFromAssemblyPath(path),
        ["LoadFrom"] = Assembly.LoadFrom,
        ["the default context"] = static path => AssemblyLoadContext.Default.LoadFromAssemblyPath(path),
        ["LoadFile"] = Assembly.LoadFile,
    };

    public static TheoryData<string> Ways => [.. s_ways.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Child_finds_a_plug_in_and_what_lies_beside_it(string way)
    {
        // The tests have version 2 themselves, which is what the default context takes.
        var plugIn = Load(way, "two");
        Assert.Equal("<7 2.0>", await ChildProcess.RunAsync(Describing(plugIn, 7), cancellationToken: Cancelled));
        Assert.Equal("<21 2.0>", await ChildProcess.RunAsync(Scaling(plugIn, 7), cancellationToken: Cancelled));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Worker_of_a_pool_finds_a_plug_in_and_what_lies_beside_it(string way)
    {
        var plugIn = Load(way, "two");
        await using var pool = new ProcessPool(workers: 1);
        Assert.Equal("<7 2.0>", await pool.RunAsync(Method<Func<int, string>>(plugIn, "Describe", null), 7, Cancelled));
        Assert.Equal(["<3 2.0>", "<6 2.0>"], await pool.MapAsync([1, 2], Method<Func<int, string>>(plugIn, "Scale", New(plugIn)), Cancelled));
    }

    [Fact]
    public async Task Two_versions_of_a_plug_in_are_kept_apart_in_one_worker()
    {
        var (one, two) = (Load("a context with a resolver", "one"), Load("a collectible context", "two"));
        await using var pool = new ProcessPool(workers: 1);
        int worker = await pool.RunAsync(static () => Environment.ProcessId, Cancelled);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("<1 1.0>", await pool.RunAsync(Describing(one, 1), Cancelled));
            Assert.Equal("<2 2.0>", await pool.RunAsync(Describing(two, 2), Cancelled));
        }
        // A pool has a spare one beside it.
        Assert.Equal(worker, await pool.RunAsync(static () => Environment.ProcessId, Cancelled));
    }

    [Fact]
    public async Task Plug_in_has_a_version_of_its_own_of_what_the_program_has_too()
    {
        Assert.Equal("2.0", Dependency.Version);
        var one = Load("a context with a resolver", "one");
        // Before this process has loaded what the plug-in refers to, and after.
        Assert.Equal("<1 1.0>", await ChildProcess.RunAsync(Describing(one, 1), cancellationToken: Cancelled));
        Assert.Equal("<1 1.0>", Describing(one, 1)());
        Assert.Equal("<1 1.0>", await ChildProcess.RunAsync(Describing(one, 1), cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Grandchild_finds_a_plug_in_too()
    {
        var describe = Describing(Load("a context with a resolver", "one"), 5);
        Assert.Equal("<5 1.0>", await ChildProcess.RunAsync(() => ChildProcess.RunAsync(describe), cancellationToken: Cancelled));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Plug_in_that_was_loaded_from_memory_is_refused_and_harms_no_pool(bool isStream)
    {
        byte[] bytes = await File.ReadAllBytesAsync(PathOf("one"), Cancelled);
        var plugIn = isStream ? new AssemblyLoadContext("of a stream").LoadFromStream(new MemoryStream(bytes)) : Assembly.Load(bytes);
        var describe = Method<Func<int, string>>(plugIn, "Describe", null);
        await using var pool = new ProcessPool(workers: 1);
        foreach (var start in new Func<Task>[] { () => ChildProcess.RunAsync(() => describe(1)), () => pool.RunAsync(describe, 1, Cancelled) })
        {
            var refused = await Assert.ThrowsAsync<TargetNotSupportedException>(start);
            Assert.Contains("Multitasking.PlugIns.PlugIn was loaded from memory", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal(9, await pool.RunAsync(static () => 9, Cancelled));
    }

    private static Assembly Load(string way, string plugIn) => s_ways[way](PathOf(plugIn));

    private static string PathOf(string plugIn) => Path.Combine(AppContext.BaseDirectory, "plugins", plugIn, "Multitasking.PlugIns.PlugIn.dll");

    private static Func<string> Describing(Assembly plugIn, int number)
    {
        var describe = Method<Func<int, string>>(plugIn, "Describe", null);
        return () => describe(number);
    }

    private static Func<string> Scaling(Assembly plugIn, int number)
    {
        var scale = Method<Func<int, string>>(plugIn, "Scale", New(plugIn));
        return () => scale(number);
    }

    private static object New(Assembly plugIn) => Activator.CreateInstance(TypeOf(plugIn))!;

    private static T Method<T>(Assembly plugIn, string name, object? target)
        where T : Delegate => TypeOf(plugIn).GetMethod(name)!.CreateDelegate<T>(target);

    private static Type TypeOf(Assembly plugIn) => plugIn.GetType("Multitasking.PlugIns.PlugIn", throwOnError: true)!;

    private static AssemblyLoadContext WithHandler(string path)
    {
        var context = new AssemblyLoadContext("with a handler");
        context.Resolving += (self, name) => self.LoadFromAssemblyPath(Path.Combine(Path.GetDirectoryName(path)!, $"{name.Name}.dll"));
        return context;
    }

    /// <summary>As the documentation of .NET writes it for plug-ins.</summary>
    private sealed class Resolving(string path, bool isCollectible) : AssemblyLoadContext("with a resolver", isCollectible)
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName assemblyName) => _resolver.ResolveAssemblyToPath(assemblyName) is { } file ? LoadFromAssemblyPath(file) : null;
    }
}
