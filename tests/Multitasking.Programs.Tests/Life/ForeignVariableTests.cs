using Multitasking.Contracts;

namespace Multitasking.Programs.Tests.Life;

/// <summary>The variable by which a child knows its link, in a program that is no child.</summary>
public sealed class ForeignVariableTests : ProgramTest
{
    [Theory]
    [InlineData("3:1:4")]
    [InlineData("0:0:0")]
    [InlineData("")]
    [InlineData("a link of nobody's")]
    public async Task Program_that_finds_it_runs_its_own_Main_and_starts_no_child(string value)
    {
        await using var program = OtherParent.StartWith("MULTITASKING_CHILD", value, "answers", "1");
        Assert.Empty(await program.OutputAsync());
        Assert.Contains(
            "InvalidOperationException: MULTITASKING_CHILD is set in a process that is no child.", await program.ErrorsAsync(), StringComparison.Ordinal);
        // The call throws, and nobody catches it.
        Assert.Equal(134, await program.ExitAsync());
    }
}
