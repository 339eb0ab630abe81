using Multitasking.Contracts;

namespace Multitasking.Programs.Tests.Pools;

/// <summary>A pool in a system that has nothing left to give fails its tasks, says why, and works again when there is something.</summary>
public sealed class ShortageTests : ProgramTest
{
    [Fact]
    public async Task Pool_without_a_thread_fails_its_tasks_ends_and_works_when_there_are_threads_again()
    {
        await using var parent = OtherParent.Start("pool-without-threads");
        int exitCode = await parent.ExitAsync();
        Assert.Equal(("", 0), (await parent.ErrorsAsync(), exitCode));
        Assert.Equal(
            [
                "warm: answered",
                "first: PoolBrokenException < OutOfMemoryException",
                "second: PoolBrokenException < OutOfMemoryException",
                "disposed: True",
                "after: answered",
            ],
            await parent.OutputAsync());
    }

    [Fact]
    public async Task Pool_with_few_descriptors_goes_on_with_fewer_workers_and_says_so()
    {
        await using var parent = OtherParent.Start("pool-with-few-descriptors");
        int exitCode = await parent.ExitAsync();
        Assert.Equal(("", 0), (await parent.ErrorsAsync(), exitCode));
        Assert.Equal(["answered: True", "fewer: True", "says so: True"], await parent.OutputAsync());
    }
}
