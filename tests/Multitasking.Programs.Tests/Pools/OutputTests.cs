using Multitasking.Contracts;

namespace Multitasking.Programs.Tests.Pools;

/// <summary>What tasks print arrives line by line, before their answers, and is not lost with them.</summary>
public sealed class OutputTests : ProgramTest
{
    private const int Tasks = 9;

    [Theory]
    [InlineData(10, 300)]
    [InlineData(300, 100)]
    [InlineData(5_000, 30)]
    [InlineData(70_000, 10)]
    public async Task Lines_of_several_workers_do_not_mix_and_none_is_missing(int length, int count)
    {
        await using var parent = OtherParent.Start("pool-prints", $"{length}", $"{count}");
        Assert.Equal(0, await parent.ExitAsync());
        var lines = await parent.OutputAsync();
        Assert.Equal(
            Expected(length, count).Order(StringComparer.Ordinal),
            lines.Where(static line => !line.StartsWith("answered", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Lines_of_a_task_stand_in_their_order_and_before_its_answer()
    {
        const int Count = 200;
        await using var parent = OtherParent.Start("pool-prints", "10", $"{Count}");
        Assert.Equal(0, await parent.ExitAsync());
        var lines = await parent.OutputAsync();
        for (int task = 0; task < Tasks; task++)
        {
            string[] own = [.. lines.Where(line => line.StartsWith($"<{task}.", StringComparison.Ordinal) || line == $"answered {task}")];
            Assert.Equal([.. Enumerable.Range(0, Count).Select(i => Line(task, i, 10)), $"answered {task}"], own);
        }
    }

    [Fact]
    public async Task Errors_of_several_workers_do_not_mix_and_none_is_missing()
    {
        await using var parent = OtherParent.Start("pool-prints", "10", "200");
        string[] errors = (await parent.ErrorsAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var expected = from task in Enumerable.Range(0, Tasks) from i in Enumerable.Range(0, 20) select $"<{task}.{i * 10} error {task}.{i * 10}>";
        Assert.Equal(expected.Order(StringComparer.Ordinal), errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Lines_of_a_task_that_meets_its_time_limit_are_there()
    {
        await using var parent = OtherParent.Start("pool-prints-until-the-time-limit");
        Assert.Equal(0, await parent.ExitAsync());
        var lines = await parent.OutputAsync();
        Assert.Equal(Enumerable.Range(0, 100).Select(static i => Line(1, i, 20)), lines.Take(100));
        Assert.Equal("printing: TaskTimeoutException", lines[^1]);
    }

    private static IEnumerable<string> Expected(int length, int count) =>
        from task in Enumerable.Range(0, Tasks) from i in Enumerable.Range(0, count) select Line(task, i, length);

    private static string Line(int task, int i, int length) => $"<{task}.{i} {new string((char)('a' + task), length)} {task}.{i}>";
}
