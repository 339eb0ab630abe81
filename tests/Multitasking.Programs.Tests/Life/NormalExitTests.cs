using Multitasking.Contracts;

namespace Multitasking.Programs.Tests.Life;

/// <summary>Where a main process ends by itself, daemons are ended and all other workers waited for.</summary>
public sealed class NormalExitTests : ProgramTest
{
    private const int OwnCode = 3;

    [Theory]
    [InlineData("returns-with-child")]
    [InlineData("returns-with-both", 2)]
    [InlineData("returns-with-grandchild")]
    [InlineData("returns-with-thread")]
    [InlineData("returns-with-child-that-has-a-thread")]
    [InlineData("returns-with-child-started-by-a-thread")]
    [InlineData("environment-exit-with-child")]
    public async Task Main_process_waits_for_worker(string scenario, int count = 1)
    {
        var gate = NewGate();
        await using var parent = OtherParent.Start(scenario, gate.FileName);
        await parent.SaysAsync("main is done");
        await parent.ChildrenAsync(count);
        Assert.True(parent.Identity.IsAlive);
        gate.Open();
        Assert.Equal(OwnCode, await parent.ExitAsync());
        Assert.Equal("the worker is done", (await parent.OutputAsync())[^1]);
    }

    [Theory]
    [InlineData("returns-with-daemon")]
    [InlineData("returns-with-daemon-that-has-a-child", 2)]
    [InlineData("returns-with-unawaited-answer")]
    [InlineData("returns-with-daemon-thread")]
    [InlineData("environment-exit-with-daemon")]
    public async Task Main_process_ends_daemon(string scenario, int count = 1)
    {
        var gate = NewGate();
        await using var parent = OtherParent.Start(scenario, gate.FileName);
        await parent.ChildrenAsync(count);
        gate.Open();
        Assert.Equal(OwnCode, await parent.ExitAsync());
        Assert.Equal("main is done", (await parent.OutputAsync())[^1]);
    }

    [Fact]
    public async Task Daemon_ends_before_the_main_process_has_waited_for_the_others()
    {
        var gate = NewGate();
        await using var parent = OtherParent.Start("environment-exit-with-both", gate.FileName);
        var daemon = (await parent.ChildrenAsync(1))[0];
        await parent.GoOnAsync();
        await Until.TrueAsync(() => !daemon.IsAlive);
        Assert.True(parent.Identity.IsAlive);
        gate.Open();
        Assert.Equal(OwnCode, await parent.ExitAsync());
    }

    [Fact]
    public async Task Unhandled_exception_does_not_wait_for_workers()
    {
        await using var parent = OtherParent.Start("unhandled-exception-with-children", "sleeping");
        await parent.ChildrenAsync(1);
        await parent.GoOnAsync();
        Assert.Equal(134, await parent.ExitAsync());
        Assert.Contains("as the test wants it", await parent.ErrorsAsync(), StringComparison.Ordinal);
    }
}
