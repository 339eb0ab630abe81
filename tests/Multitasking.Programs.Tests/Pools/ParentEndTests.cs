using Multitasking.Contracts;
using Multitasking.Interop;

namespace Multitasking.Programs.Tests.Pools;

/// <summary>Workers end with their parent, however it ends, whatever they are doing, and so do the pools of workers.</summary>
// It says how soon.
[TestClass(DisableParallelization = true)]
public sealed class ParentEndTests : ProgramTest
{
    private static readonly TimeSpan s_promise = TimeSpan.FromSeconds(2);

    private static readonly string[] s_family = ["idle", "sleeping", "nested"];
    private const int FamilySize = 5;

    [Theory]
    [InlineData(Constants.SIGKILL)]
    [InlineData(Constants.SIGTERM)]
    public async Task Workers_and_their_own_pools_end_when_a_signal_ends_their_parent(int signal)
    {
        await using var parent = OtherParent.Start("killed-with-pools", s_family);
        var workers = await parent.ChildrenAsync(FamilySize);
        await parent.SaysAsync("ready");
        parent.Signal(signal);
        Assert.Equal(128 + signal, await parent.ExitAsync());
        await AllEndAsync(parent, workers);
    }

    [Theory]
    [InlineData("idle")]
    [InlineData("busy")]
    [InlineData("native")]
    [InlineData("awaiting")]
    [InlineData("ignoring-signals")]
    [InlineData("without-any-descriptor")]
    [InlineData("with-exit-handler")]
    [InlineData("with-foreground-thread")]
    [InlineData("with-token")]
    [InlineData("allocating")]
    [InlineData("stopped")]
    [InlineData("with-child")]
    [InlineData("backlog", 2)]
    [InlineData("in-initializer")]
    public async Task Worker_ends_whatever_it_is_doing_when_its_parent_is_killed(string kind, int count = 1)
    {
        await using var parent = OtherParent.Start("killed-with-pools", kind);
        var workers = await parent.ChildrenAsync(count);
        await parent.SaysAsync("ready");
        parent.Signal(Constants.SIGKILL);
        await AllEndAsync(parent, workers);
    }

    [Fact]
    public async Task Nested_pools_end_when_the_worker_between_is_killed_and_the_pool_above_lives()
    {
        await using var parent = OtherParent.Start("killed-with-pools", "nested");
        var workers = await parent.ChildrenAsync(3);
        OtherParent.Signal(workers[0], Constants.SIGKILL);
        await Until.TrueAsync(() => !workers.Any(static worker => worker.IsAlive), s_promise);
        Assert.True(parent.Identity.IsAlive);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(70)]
    public async Task Workers_that_are_being_started_end_when_their_parent_is_killed(int milliseconds)
    {
        await using var parent = OtherParent.Start("killed-while-starting-pools");
        await parent.SaysAsync("ready");
        await Task.Delay(milliseconds, Cancelled);
        parent.Signal(Constants.SIGKILL);
        await parent.ExitAsync();
        await AllEndAsync(parent, []);
    }

    [Theory]
    [InlineData("returns-with-pools", "idle")]
    [InlineData("returns-with-pools", "busy")]
    [InlineData("returns-with-pools", "backlog", 2)]
    [InlineData("returns-with-pools", "nested", 3)]
    [InlineData("returns-with-pools", "ignoring-signals")]
    [InlineData("returns-with-pools", "in-initializer")]
    [InlineData("environment-exit-with-pools", "idle")]
    [InlineData("environment-exit-with-pools", "busy")]
    [InlineData("environment-exit-with-pools", "nested", 3)]
    public async Task Normal_exit_ends_workers_and_keeps_the_exit_code(string scenario, string kind, int count = 1)
    {
        await using var parent = OtherParent.Start(scenario, kind);
        var workers = await parent.ChildrenAsync(count);
        await parent.SaysAsync("ready");
        await parent.GoOnAsync();
        Assert.Equal(3, await parent.ExitAsync());
        await AllEndAsync(parent, workers);
        Assert.Equal("", await parent.ErrorsAsync());
    }

    [Fact]
    public async Task Unhandled_exception_ends_workers_and_keeps_the_exit_code()
    {
        await using var parent = OtherParent.Start("unhandled-exception-with-pools", s_family);
        var workers = await parent.ChildrenAsync(FamilySize);
        await parent.SaysAsync("ready");
        await parent.GoOnAsync();
        Assert.Equal(134, await parent.ExitAsync());
        await AllEndAsync(parent, workers);
    }

    [Fact]
    public async Task Pool_that_was_disposed_holds_up_no_exit()
    {
        await using var parent = OtherParent.Start("disposes-its-pool");
        Assert.Equal(3, await parent.ExitAsync());
        Assert.Equal([string.Join(' ', Enumerable.Range(0, 20).Select(static i => i * i))], await parent.OutputAsync());
        Assert.Equal("", await parent.ErrorsAsync());
    }

    /// <summary>Those that said so, and all others that share its output, spares too.</summary>
    private async Task AllEndAsync(OtherParent parent, IReadOnlyList<ProcessIdentity> workers)
    {
        await Until.TrueAsync(() => !workers.Any(static worker => worker.IsAlive), s_promise, $"The end of {string.Join(", ", workers)}");
        bool isLetGo = await Until.ComesTrueAsync(() => parent.OutputAsync().IsCompleted, s_promise);
        Assert.True(isLetGo, $"Somebody still holds the parent's output: {string.Join(", ", Mark.Processes())}");
    }
}
