using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Arguments;

[Collection(nameof(Alone))]
public sealed class RefusedArgumentTests
{
    private const string Me = nameof(RefusedArgumentTests);

    private static readonly Dictionary<string, (Delegate Target, object?[]? Args, Dictionary<string, object?>? Named)> s_wrong = new()
    {
        [$"{Me}.Draw takes at most 3 arguments, and 4 were given. (Parameter 'args')"] = (Draw, [1, 2.0, "red", 4], null),
        [$"{Me}.One takes one argument, and 2 were given. (Parameter 'args')"] = (One, [1, 2], null),
        [$"{Me}.None takes no arguments, and 1 were given. (Parameter 'args')"] = (None, [1], null),
        [$"{Me}.Draw needs an argument for parameter 'x' of type int. (Parameter 'args')"] = (Draw, null, null),
        [$"{Me}.Draw needs an argument for parameter 'y' of type double. (Parameter 'args')"] = (Draw, [1], null),
        [$"{Me}.Draw needs an argument for parameter 'x' of type int. (Parameter 'args') "] = (Draw, null, new() { ["y"] = 1.0 }),
        [$"{Me}.Draw has no parameter 'colour'; it has 'x', 'y', 'color'. (Parameter 'namedArgs')"] = (Draw, [1, 2.0], new() { ["colour"] = "red" }),
        [$"{Me}.Draw has no parameter 'X'; it has 'x', 'y', 'color'. (Parameter 'namedArgs')"] = (Draw, null, new() { ["X"] = 1 }),
        [$"{Me}.None has no parameter 'x'; it has none. (Parameter 'namedArgs')"] = (None, null, new() { ["x"] = 1 }),
        [$"Parameter 'x' of {Me}.Draw was given twice, by place and by name. (Parameter 'namedArgs')"] = (Draw, [1], new() { ["x"] = 1 }),
        [$"Parameter 'x' of {Me}.Draw is of type int; string (\"three\") was given. (Parameter 'args')"] = (Draw, ["three"], null),
        [$"Parameter 'x' of {Me}.Draw is of type int; long (3) was given. (Parameter 'args')"] = (Draw, [3L], null),
        [$"Parameter 'x' of {Me}.Draw is of type int; null was given. (Parameter 'args')"] = (Draw, [null], null),
        [$"Parameter 'x' of {Me}.Draw is of type int; DayOfWeek (an object) was given. (Parameter 'args')"] = (Draw, [DayOfWeek.Friday], null),
        [$"Parameter 'color' of {Me}.Draw is of type string; int[] (an object) was given. (Parameter 'namedArgs')"] =
            (Draw, [1, 2.0], new() { ["color"] = new[] { 1 } }),
        [$"Parameter 'map' of {Me}.Map is of type Dictionary<string, int?[]>; List<string> (an object) was given. (Parameter 'args')"] =
            (Map, [new List<string>()], null),
        [$"Parameter 'numbers' of {Me}.Sum is of type int; string (\"b\") was given. (Parameter 'args')"] = (Sum, ["a", 1, "b"], null),
        [$"Parameter 'numbers' of {Me}.Sum is of type int; null was given. (Parameter 'args')"] = (Sum, ["a", 1, null], null),
        [$"Parameter 'label' of {Me}.Sum is of type string; int (1) was given. (Parameter 'args')"] = (Sum, [1, 2, 3], null),
        [$"Parameter 'numbers' of {Me}.Sum was given twice, by place and by name. (Parameter 'namedArgs')"] =
            (Sum, ["a", 1, 2], new() { ["numbers"] = 3 }),
        [$"Parameter 'when' of {Me}.Until is of type CancellationToken; int (1) was given. (Parameter 'args')"] = (Until, [1], null),
        [$"Parameter 'x' of {Me}.Draw is of type int; string (\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...) was given. (Parameter 'args')"] =
            (Draw, [new string('a', 1000)], null),
    };

    public static TheoryData<string> Wrong => [.. s_wrong.Keys];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Arguments_that_do_not_fit_are_refused_before_anything_starts(string message)
    {
        var (target, args, named) = s_wrong[message];

        var refusal = Assert.Throws<ArgumentException>(() => new ChildProcess(target, args, named));
        var ofThread = Assert.Throws<ArgumentException>(() => new ChildThread(target, args, named));

        Assert.Equal(message.TrimEnd(), refusal.Message);
        Assert.Equal(refusal.Message, ofThread.Message);
        Assert.Empty(NoChildLeft.Ids());
    }

    [Fact]
    public void Arguments_for_a_lambda_name_the_method_it_stands_in()
    {
        var refusal = Assert.Throws<ArgumentException>(() => new ChildProcess((int number) => { }, args: ["one"]));

        Assert.StartsWith(
            $"Parameter 'number' of {Me}.{nameof(Arguments_for_a_lambda_name_the_method_it_stands_in)} (lambda) is of type int;",
            refusal.Message,
            StringComparison.Ordinal);
    }

    private static void None()
    {
    }

    private static void One(int number) => _ = number;

    private static void Draw(int x, double y, string color = "black") => _ = (x, y, color);

    private static void Map(Dictionary<string, int?[]> map) => _ = map;

    private static void Sum(string label, params int[] numbers) => _ = (label, numbers);

    private static void Until(CancellationToken when) => _ = when;
}
