using Xunit;

namespace Multitasking.Tests.Targets;

public sealed class TargetTests
{
    public static TheoryData<string> Synchronous => [.. Answers.Synchronous.Keys];

    public static TheoryData<string> Asynchronous => [.. Answers.Asynchronous.Keys];

    [Theory]
    [MemberData(nameof(Synchronous))]
    public async Task A_target_runs_in_a_child_with_all_it_needs(string kind) =>
        Assert.Equal(42, await InChild.RunAsync(Answers.Synchronous[kind]));

    [Theory]
    [MemberData(nameof(Asynchronous))]
    public async Task An_asynchronous_target_runs_to_the_end_of_its_task(string kind) =>
        Assert.Equal(42, await InChild.RunAsync(Answers.Asynchronous[kind]));

    [Fact]
    public async Task A_target_that_returns_a_value_task_answers_with_one() =>
        Assert.Equal(42, await await InChild.RunAsync(Answers.FortyTwoAsValueTask));

    [Fact]
    public async Task Type_arguments_of_nested_generic_classes_arrive() =>
        Assert.Equal(
            (typeof(string), typeof(int[]), "seven"),
            await InChild.RunAsync(new Holder<string>.Nested<int[]>("seven").Types));

    [Fact]
    public async Task A_lambda_of_a_test_class_may_capture_this()
    {
        int two = 2;

        Assert.Equal(42, await InChild.RunAsync(() => Forty() + two));
    }

    [Fact]
    public async Task What_a_target_changes_stays_in_the_child()
    {
        int[] numbers = [1];
        int counter = 1;

        var seen = await InChild.RunAsync(() => (++counter, ++numbers[0]));

        Assert.Equal((2, 2), seen);
        Assert.Equal((1, 1), (counter, numbers[0]));
    }

    [Fact]
    public async Task What_the_caller_changes_after_the_call_does_not_count()
    {
        int[] numbers = [1];

        var answer = InChild.RunAsync(() => numbers[0]);
        numbers[0] = 2;

        Assert.Equal(1, await answer);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_fields_of_a_target_arrive_with_private_ones(int seed) =>
        Assert.Equal(seed + 2, await InChild.RunAsync(new Owner(seed).CapturingThis()));

    private int Forty() => GetHashCode() * 0 + 40;
}
