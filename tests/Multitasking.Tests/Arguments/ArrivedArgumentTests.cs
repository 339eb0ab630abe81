using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Arguments;

public sealed class ArrivedArgumentTests
{
    [Fact]
    public async Task Arguments_of_all_kinds_arrive_together() =>
        Assert.Equal(
            ["1, 2, red, Friday, null, 3+4"],
            await ReportsOfAsync(All, [1, 2], new() { ["color"] = "red", ["numbers"] = new[] { 3, 4 } }));

    [Fact]
    public async Task Arguments_of_an_instance_target_arrive_beside_its_object() =>
        Assert.Equal(["7-8"], await ReportsOfAsync(new Owner(7).Say, [8], []));

    [Fact]
    public async Task An_argument_of_an_extension_target_arrives_behind_its_receiver() =>
        Assert.Equal(["left-8"], await ReportsOfAsync("left".Say, [8], []));

    [Fact]
    public async Task One_object_given_for_two_parameters_stays_one()
    {
        var list = new List<int>();

        Assert.Equal(["True"], await ReportsOfAsync(AreSame, [list], new() { ["second"] = list }));
    }

    private static async Task<IEnumerable<string>> ReportsOfAsync(Delegate target, object?[] args, Dictionary<string, object?> named)
    {
        var reports = new Reports<string>();
        var child = new ChildProcess(target, args, new Dictionary<string, object?>(named) { ["progress"] = reports });
        child.Start();
        await child.JoinAsync(TestContext.Current.CancellationToken);
        Assert.Null(child.Exception);
        Assert.Equal(0, child.ExitCode);
        return reports.Seen;
    }

    private static void All(
        int x, double y, IProgress<string> progress, string color, DayOfWeek day = DayOfWeek.Friday, long? none = null, params int[] numbers) =>
        progress.Report($"{x}, {y}, {color}, {day}, {none?.ToString() ?? "null"}, {string.Join('+', numbers)}");

    private static void AreSame(List<int> first, List<int> second, IProgress<string> progress) =>
        progress.Report($"{ReferenceEquals(first, second)}");

    private sealed class Owner(int seed)
    {
        internal void Say(int number, IProgress<string> progress) => progress.Report($"{seed}-{number}");
    }
}

internal static class SayExtensions
{
    internal static void Say(this string text, int number, IProgress<string> progress) => progress.Report($"{text}-{number}");
}
