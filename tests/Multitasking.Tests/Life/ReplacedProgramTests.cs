using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Life;

/// <summary>A child whose target replaced it by another program (execve) has no link any more, but is still a child.</summary>
[Collection(nameof(Alone))]
public sealed class ReplacedProgramTests : WorkerTest
{
    [Fact]
    public async Task Terminate_ends_it()
    {
        var child = await ReplacedAsync();
        child.Terminate();
        Assert.True(child.Join(Until.Limit));
        Assert.Equal(-Constants.SIGTERM, child.ExitCode);
        Assert.Null(child.Exception);
    }

    [Fact]
    public async Task It_is_ended_even_when_nobody_asks()
    {
        var child = await ReplacedAsync();
        Assert.True(child.Join(Until.Limit));
        Assert.Equal(-Constants.SIGTERM, child.ExitCode);
        Assert.IsType<WorkerLostException>(child.Exception);
    }

    [Fact]
    public async Task Time_limit_of_its_group_still_holds()
    {
        var group = new ProcessGroup { TimeLimit = TimeSpan.FromSeconds(1) };
        var child = await ReplacedAsync(group);
        Assert.True(child.Join(Until.Limit));
        Assert.Equal(-Constants.SIGTERM, child.ExitCode);
    }

    private static async Task<ChildProcess> ReplacedAsync(ProcessGroup? group = null)
    {
        var child = new ChildProcess(NativeEnds.BecomeAnotherProgram, group: group);
        child.Start();
        await Until.TrueAsync(() => !child.IsAlive || File.ReadAllText($"/proc/{child.Id}/comm").Trim() == "sleep");
        return child;
    }
}
