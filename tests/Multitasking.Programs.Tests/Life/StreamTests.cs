using Multitasking.Contracts;

namespace Multitasking.Programs.Tests.Life;

/// <summary>A child's standard streams are its parent's.</summary>
public sealed class StreamTests : ProgramTest
{
    [Fact]
    public async Task Output_of_a_child_stands_where_it_was_written()
    {
        await using var parent = OtherParent.Start("child-writes");
        Assert.Equal(
            ["the parent, before", "the child", "without an end of line, the parent, after"],
            await parent.OutputAsync());
    }

    [Fact]
    public async Task Errors_of_a_child_go_to_the_errors_of_its_parent()
    {
        await using var parent = OtherParent.Start("child-writes");
        Assert.Equal("the child's error", (await parent.ErrorsAsync()).TrimEnd());
    }

    [Fact]
    public async Task Child_reads_the_input_of_its_parent()
    {
        await using var parent = OtherParent.Start("child-reads");
        await parent.HearsAsync("a line");
        Assert.Equal(["the child read a line"], await parent.OutputAsync());
    }

    [Fact]
    public async Task Child_sees_the_end_of_its_parents_input()
    {
        await using var parent = OtherParent.Start("child-reads");
        parent.HearsNoMore();
        Assert.Equal(["the child read "], await parent.OutputAsync());
    }
}
