using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Life;

[Collection(nameof(Alone))]
public sealed class StoppedParentTests : WorkerTest
{
    private const int SIGSTOP = 19;

    [Fact]
    public async Task Answer_in_time_counts_although_the_parent_was_stopped_beyond_the_limit()
    {
        var limit = TimeSpan.FromSeconds(3);
        var gate = NewGate();
        await using var parent = OtherParent.Start("answers-while-stopped", gate.FileName, $"{limit.TotalMilliseconds}");
        var child = (await parent.ChildrenAsync(1))[0];
        parent.Signal(SIGSTOP);
        await Until.TrueAsync(() => parent.Identity.IsStopped);
        gate.Open();
        await Until.TrueAsync(() => !child.IsAlive);
        await Task.Delay(limit, Cancelled);
        parent.Signal(Constants.SIGCONT);
        Assert.Equal("an answer", (await parent.OutputAsync())[^1]);
    }
}
