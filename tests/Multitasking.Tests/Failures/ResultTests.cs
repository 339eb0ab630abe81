using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Failures;

public sealed class ResultTests
{
    [Fact]
    public async Task Null_is_an_answer() => Assert.Null(await InChild.RunAsync(() => (string?)null));

    [Fact]
    public async Task An_answer_declared_as_an_object_is_what_it_was()
    {
        object answer = await InChild.RunAsync<object>(() => new[] { 1, 2 });

        Assert.Equal([1, 2], Assert.IsType<int[]>(answer));
    }

    [Fact]
    public async Task A_private_type_of_the_targets_assembly_is_an_answer() =>
        Assert.Equal(new Answer("a", [1]).Text, (await InChild.RunAsync(() => new Answer("a", [1]))).Text);

    [Fact]
    public async Task A_target_without_a_result_answers_when_it_is_done()
    {
        await InChild.RunAsync(() => { });
        await InChild.RunAsync(async () => await Task.Yield());
    }

    [Fact]
    public async Task A_result_that_cannot_travel_is_refused_with_the_path_to_it()
    {
        var error = await Assert.ThrowsAsync<RemoteException>(() => InChild.RunAsync(() => new object[] { 1, new MemoryStream() }));

        Assert.Equal(typeof(TargetNotSupportedException).FullName, error.TypeName);
        Assert.StartsWith("the result[1] : MemoryStream cannot travel", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sequence_that_is_still_to_be_made_is_refused_as_a_result()
    {
        var error = await Assert.ThrowsAsync<RemoteException>(() => InChild.RunAsync(() => new[] { 1 }.Where(number => number > 0)));

        Assert.Equal(typeof(TargetNotSupportedException).FullName, error.TypeName);
    }

    [Fact]
    public async Task A_token_is_refused_as_a_result_because_its_process_ends()
    {
        var error = await Assert.ThrowsAsync<RemoteException>(() => InChild.RunAsync(() => new CancellationTokenSource().Token));

        Assert.Contains("cannot be part of a result", error.Message, StringComparison.Ordinal);
    }

    private sealed record Answer(string Text, List<int> Numbers);
}
