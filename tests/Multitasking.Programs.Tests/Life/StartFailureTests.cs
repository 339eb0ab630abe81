using Multitasking.Contracts;

namespace Multitasking.Programs.Tests.Life;

/// <summary>A system that refuses to start a child says so, and nothing is left of the attempt.</summary>
public sealed class StartFailureTests : ProgramTest
{
    [Fact]
    public async Task Start_without_descriptors_says_what_the_system_refused()
    {
        var lines = await OutputAsync("start-without-descriptors");
        Assert.StartsWith("Win32Exception: socketpair failed: Too many open files", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_with_too_few_descriptors_is_refused_at_whichever_step_and_leaves_no_half_child()
    {
        var starts = (await OutputAsync("start-without-descriptors")).Where(static line => line.Contains("alive:", StringComparison.Ordinal)).ToArray();
        Assert.StartsWith("started", starts[^1], StringComparison.Ordinal);
        Assert.True(starts.Length > 3);
        Assert.All(starts[..^1], static line => Assert.Matches("^Win32Exception: .*Too many open files.*, alive: False, id: False$", line));
    }

    [Fact]
    public async Task Child_that_could_not_be_started_starts_when_there_are_descriptors_again()
    {
        var ends = (await OutputAsync("start-without-descriptors")).Where(static line => line.StartsWith("in the end", StringComparison.Ordinal));
        Assert.All(ends, static line => Assert.Equal("in the end: 0", line));
    }

    [Theory]
    [InlineData("start-without-descriptors")]
    [InlineData("start-without-processes")]
    public async Task Start_that_is_refused_leaves_nothing(string scenario) =>
        Assert.Equal("descriptors left: 0, children left: 0", (await OutputAsync(scenario))[^1]);

    [Fact]
    public async Task Start_without_processes_says_what_the_system_refused()
    {
        var lines = await OutputAsync("start-without-processes");
        Assert.Matches("^Win32Exception: posix_spawn failed: Resource temporarily unavailable.*, alive: False, id: False$", lines[1]);
    }

    [Fact]
    public async Task First_start_without_threads_fails_and_the_next_goes_on()
    {
        Needs.Root("the limit of processes is tried as another user");
        Needs.ProgramForOthers();
        var lines = await OutputAsync("first-start-without-threads");
        Assert.StartsWith("OutOfMemoryException: ", lines[1], StringComparison.Ordinal);
        Assert.Equal("then: started", lines[2]);
    }

    private static async Task<IReadOnlyList<string>> OutputAsync(string scenario)
    {
        await using var parent = OtherParent.Start(scenario);
        var lines = await parent.OutputAsync();
        Assert.Equal((0, ""), (await parent.ExitAsync(), await parent.ErrorsAsync()));
        return lines;
    }
}
