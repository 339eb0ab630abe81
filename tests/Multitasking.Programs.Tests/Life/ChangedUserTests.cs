using Multitasking.Contracts;

namespace Multitasking.Programs.Tests.Life;

/// <summary>A program that has become another user's may send its children no signals any more; they end by the link all the same.</summary>
public sealed class ChangedUserTests : ProgramTest
{
    [Fact]
    public async Task Children_that_take_no_signal_are_ended_in_all_ways_and_reaped()
    {
        Needs.Root("the program gives it up");
        await using var parent = OtherParent.Start("ends-children-as-another-user");
        var lines = (await parent.OutputAsync()).Where(static line => !line.StartsWith("here ", StringComparison.Ordinal));
        Assert.Equal(
            [
                "warm: TaskTimeoutException",
                "limited: TaskTimeoutException",
                "cancelled: TaskCanceledException",
                "killed: done",
                "task: TaskTimeoutException",
                "aborted: TaskCanceledException",
                "disposed: done",
                "ended: done",
                "exit codes: 1, alive: 0",
            ],
            lines);
        Assert.Equal((0, ""), (await parent.ExitAsync(), await parent.ErrorsAsync()));
    }

    [Fact]
    public async Task Program_ends_with_its_own_code_and_leaves_none_of_them()
    {
        Needs.Root("the program gives it up");
        await using var parent = OtherParent.Start("exits-as-another-user");
        var children = await parent.ChildrenAsync(2);
        await parent.GoOnAsync();
        Assert.Equal(3, await parent.ExitAsync());
        await Until.TrueAsync(() => children.All(static child => !child.IsAlive));
    }
}
