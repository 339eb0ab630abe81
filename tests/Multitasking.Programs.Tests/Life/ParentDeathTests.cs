using Multitasking.Contracts;
using Multitasking.Interop;

namespace Multitasking.Programs.Tests.Life;

/// <summary>A parent that ends in any way but the normal ones takes all its children along, theirs too, whatever they are doing.</summary>
// It says how soon.
[TestClass(DisableParallelization = true)]
public sealed class ParentDeathTests : ProgramTest
{
    private static readonly TimeSpan s_promise = TimeSpan.FromSeconds(2);

    // A process, its daemon, and a chain of three.
    private static readonly string[] s_family = ["sleeping", "daemon", "grandparent"];
    private const int FamilySize = 5;

    [Theory]
    [InlineData(Constants.SIGKILL)]
    [InlineData(Constants.SIGTERM)]
    [InlineData(Constants.SIGINT)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Children_end_when_a_signal_ends_their_parent(int signal)
    {
        await using var parent = OtherParent.StartHearingSignals("killed-with-children", s_family);
        var children = await parent.ChildrenAsync(FamilySize);
        parent.Signal(signal);
        Assert.Equal(128 + signal, await parent.ExitAsync());
        await AllEndAsync(children);
    }

    [Theory]
    [InlineData("fail-fast-with-children", 134)]
    [InlineData("unhandled-exception-with-children", 134)]
    [InlineData("unhandled-exception-in-a-thread-with-children", 134)]
    [InlineData("stack-overflow-with-children", 134)]
    [InlineData("native-crash-with-children", 139)]
    [InlineData("exit-at-once-with-children", 7)]
    public async Task Children_end_when_their_parent_crashes(string scenario, int exitCode)
    {
        await using var parent = OtherParent.Start(scenario, s_family);
        var children = await parent.ChildrenAsync(FamilySize);
        await parent.SaysAsync("ready");
        await parent.GoOnAsync();
        Assert.Equal(exitCode, await parent.ExitAsync());
        await AllEndAsync(children);
    }

    [Theory]
    [InlineData("sleeping")]
    [InlineData("daemon")]
    [InlineData("busy")]
    [InlineData("busy-on-all-pool-threads")]
    [InlineData("native")]
    [InlineData("awaiting")]
    [InlineData("with-token")]
    [InlineData("ignoring-its-token")]
    [InlineData("hanging-in-a-callback")]
    [InlineData("ignoring-signals")]
    [InlineData("without-streams")]
    [InlineData("without-any-descriptor")]
    [InlineData("with-exit-handler")]
    [InlineData("with-foreground-thread")]
    [InlineData("allocating")]
    [InlineData("parent-of-one", 2)]
    [InlineData("parent-of-a-daemon", 2)]
    [InlineData("daemon-parent", 2)]
    public async Task Child_ends_whatever_it_is_doing_when_its_parent_is_killed(string kind, int count = 1)
    {
        await using var parent = OtherParent.Start("killed-with-children", kind);
        var children = await parent.ChildrenAsync(count);
        parent.Signal(Constants.SIGKILL);
        await AllEndAsync(children);
    }

    [Theory]
    [InlineData("sleeping")]
    [InlineData("with-token")]
    public async Task Stopped_child_ends_when_its_parent_is_killed(string kind)
    {
        const int SIGSTOP = 19;
        await using var parent = OtherParent.Start("killed-with-children", kind);
        var children = await parent.ChildrenAsync(1);
        OtherParent.Signal(children[0], SIGSTOP);
        await Until.TrueAsync(() => children[0].IsStopped);
        parent.Signal(Constants.SIGKILL);
        await AllEndAsync(children);
    }

    [Fact]
    public async Task Child_asks_for_its_parent_death_signal_before_it_looks_at_its_link()
    {
        string trace = FileNamed("trace");
        await using var parent = OtherParent.StartTraced(trace, "prctl,getsockopt", "answers", "1");
        Assert.Equal(["an answer"], await parent.OutputAsync());
        Assert.Equal(0, await parent.ExitAsync());
        string[] calls = await File.ReadAllLinesAsync(trace, Cancelled);
        int asks = Array.FindIndex(calls, static call => call.Contains("PR_SET_PDEATHSIG", StringComparison.Ordinal));
        Assert.InRange(asks, 0, Array.FindIndex(calls, static call => call.Contains("SO_PEERCRED", StringComparison.Ordinal)) - 1);
    }

    [Fact]
    public async Task Grandchildren_end_when_the_child_between_is_killed()
    {
        await using var parent = OtherParent.Start("killed-with-children", "grandparent");
        var children = await parent.ChildrenAsync(3);
        OtherParent.Signal(children[0], Constants.SIGKILL);
        await AllEndAsync(children);
        Assert.True(parent.Identity.IsAlive);
    }

    [Fact]
    public async Task Children_that_are_being_started_end_when_their_parent_is_killed()
    {
        await using var parent = OtherParent.Start("killed-while-starting", "sleeping", "daemon", "parent-of-one");
        await parent.ChildrenAsync(4);
        parent.Signal(Constants.SIGKILL);
        await parent.ExitAsync();
        Assert.True(await Until.ComesTrueAsync(() => parent.OutputAsync().IsCompleted, s_promise));
    }

    private static async Task AllEndAsync(IReadOnlyList<ProcessIdentity> children) =>
        await Until.TrueAsync(
            () => !children.Any(static child => child.IsAlive), s_promise, $"The end of {string.Join(", ", children)}");
}
