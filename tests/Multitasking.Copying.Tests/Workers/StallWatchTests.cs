using Multitasking.Copying.Workers;

namespace Multitasking.Copying.Tests.Workers;

public sealed class StallWatchTests
{
    [Fact]
    public void Worker_is_not_stalled_while_the_copy_is_paused()
    {
        bool isPaused = true;
        var limit = TimeSpan.FromMilliseconds(50);
        using var watch = new StallWatch(limit, () => Volatile.Read(ref isPaused), TestContext.Current.CancellationToken);
        Assert.False(watch.Token.WaitHandle.WaitOne(4 * limit));
        Volatile.Write(ref isPaused, false);
        Until.True(() => watch.Token.IsCancellationRequested, () => "it does not see that there is no progress");
        Assert.True(watch.HasStalled);
    }
}
