using Multitasking.Contracts;

namespace Multitasking.Programs.Tests.Pools;

/// <summary>Callers that block every thread of the shared thread pool get their answers: none of the way to them needs such a thread.</summary>
public sealed class BlockedCallerTests : ProgramTest
{
    [Fact]
    public async Task Callers_that_block_all_threads_of_the_pool_get_answers_of_every_kind()
    {
        await using var parent = OtherParent.Start("blocked-callers");
        Assert.Equal(0, await parent.ExitAsync());
        string[] kinds = ["number", "record", "list", "failure", "map", "map of records", "for each"];
        Assert.Equal(kinds.Select(static kind => $"{kind}: 66"), await parent.OutputAsync());
    }
}
