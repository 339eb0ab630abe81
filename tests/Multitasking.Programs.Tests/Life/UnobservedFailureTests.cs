using System.Globalization;
using Multitasking.Contracts;

namespace Multitasking.Programs.Tests.Life;

/// <summary>A failure that nobody awaits is told on standard error, as Python does.</summary>
public sealed class UnobservedFailureTests : ProgramTest
{
    [Fact]
    public async Task Failure_of_a_started_child_is_printed_with_name_id_and_trace()
    {
        await using var parent = OtherParent.Start("child-fails");
        string line = Assert.Single(await parent.OutputAsync());
        int id = int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture);
        string[] errors = (await parent.ErrorsAsync()).Split(Environment.NewLine);
        Assert.Equal($"dancer (process {id}) failed:", errors[0]);
        Assert.Equal("System.IO.InvalidDataException: no music", errors[1]);
        Assert.Contains("Streams.Fail()", errors[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Child_whose_failure_is_unobserved_exits_with_one()
    {
        await using var parent = OtherParent.Start("child-fails");
        Assert.EndsWith("ended with 1", Assert.Single(await parent.OutputAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_of_a_child_does_not_fail_its_parent()
    {
        await using var parent = OtherParent.Start("child-fails");
        Assert.Equal(0, await parent.ExitAsync());
    }

    [Fact]
    public async Task Failure_that_its_caller_gets_is_not_printed()
    {
        await using var parent = OtherParent.Start("answering-child-fails");
        Assert.Equal(["caught no music"], await parent.OutputAsync());
        Assert.Equal("", await parent.ErrorsAsync());
    }

    [Fact]
    public async Task Failure_of_a_thread_is_printed_and_does_not_end_the_program()
    {
        await using var parent = OtherParent.Start("thread-fails");
        string errors = await parent.ErrorsAsync();
        Assert.Equal(0, await parent.ExitAsync());
        Assert.StartsWith("dancer (thread ", errors, StringComparison.Ordinal);
        Assert.Contains("System.IO.InvalidDataException: no music", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Child_without_standard_error_still_fails_with_one()
    {
        await using var parent = OtherParent.Start("child-without-errors-fails");
        Assert.EndsWith("ended with 1: no music", Assert.Single(await parent.OutputAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thread_whose_failure_cannot_be_printed_does_not_end_the_program()
    {
        await using var parent = OtherParent.Start("thread-without-errors-fails");
        Assert.Equal(["the program goes on"], await parent.OutputAsync());
        Assert.Equal(0, await parent.ExitAsync());
    }
}
