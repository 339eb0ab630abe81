using Multitasking.Invocation;
using Xunit;

namespace Multitasking.Tests.Arguments;

public sealed class BindingTests
{
    [Fact]
    public void Arguments_by_place_come_first_to_last() =>
        Assert.Equal([1, 2.5, "red"], Bind(Draw, [1, 2.5, "red"]));

    [Fact]
    public void Arguments_by_name_find_their_parameters() =>
        Assert.Equal([1, 2.5, "red"], Bind(Draw, named: new() { ["color"] = "red", ["x"] = 1, ["y"] = 2.5 }));

    [Fact]
    public void Arguments_by_place_and_by_name_go_together() =>
        Assert.Equal([1, 2.5, "red"], Bind(Draw, [1], new() { ["color"] = "red", ["y"] = 2.5 }));

    [Fact]
    public void A_default_stands_for_what_was_not_given() =>
        Assert.Equal([1, 2.5, "black"], Bind(Draw, [1, 2.5]));

    [Fact]
    public void A_default_in_the_middle_can_be_skipped_by_name() =>
        Assert.Equal([7, "b", 9L], Bind((int a = 7, string b = "b", long c = 8) => { }, named: new() { ["c"] = 9L }));

    [Fact]
    public void Defaults_of_every_kind_are_honoured() =>
        Assert.Equal(
            [
                1, -2L, 'c', true, "text", null, 1.5m, DayOfWeek.Friday, null, DayOfWeek.Monday, default(Guid), default(DateTime), null, double.NaN,
                (byte)3, 5,
            ],
            Bind(Defaults));

    [Fact]
    public void Null_fits_references_and_nullable_values() =>
        Assert.Equal([null, null, null], Bind((string text, int? number, int[] numbers) => { }, [null, null, null]));

    [Fact]
    public void No_arguments_at_all_fit_a_target_without_parameters() => Assert.Empty(Bind(() => { }));

    [Fact]
    public void A_value_fits_its_base_its_interfaces_and_its_nullable() =>
        Assert.Equal(
            ["a", "b", 3, "d", 5],
            Bind((object a, IComparable b, int? c, IEnumerable<char> d, ValueType e) => { }, ["a", "b", 3, "d", 5]));

    [Fact]
    public void A_token_that_was_not_given_stands_for_the_end_of_the_worker() =>
        Assert.Equal([1, Termination.Instance], Bind((int a, CancellationToken stop) => { }, [1]));

    [Fact]
    public void A_token_that_was_given_is_passed_on_though_it_has_a_default()
    {
        using var source = new CancellationTokenSource();

        Assert.Equal([1, source.Token], Bind((int a, CancellationToken stop = default) => { }, [1, source.Token]));
    }

    [Fact]
    public void Params_take_the_rest() =>
        Assert.Equal(["a", new[] { 1, 2, 3 }], Bind(Sum, ["a", 1, 2, 3]));

    [Fact]
    public void Params_of_nothing_are_an_empty_array() =>
        Assert.Equal(["a", Array.Empty<int>()], Bind(Sum, ["a"]));

    [Fact]
    public void Params_widen_each_of_their_elements() =>
        Assert.Equal([new[] { 1L, 2L, 99L }], Bind((params long[] numbers) => { }, [1, (short)2, 'c']));

    [Fact]
    public void An_array_for_params_is_taken_as_it_is()
    {
        int[] numbers = [1, 2];

        Assert.Same(numbers, Bind(Sum, ["a", numbers])[1]);
    }

    [Fact]
    public void An_array_among_others_is_an_element_of_params_of_objects()
    {
        int[] inner = [1];

        Assert.Equal([new object[] { inner, 2 }], Bind((params object[] all) => { }, [inner, 2]));
        Assert.Equal([new object[] { inner }], Bind((params object[] all) => { }, [inner]));
    }

    [Fact]
    public void Null_for_params_is_the_array_itself() => Assert.Equal([null], Bind((params string[] all) => { }, [null]));

    [Fact]
    public void Params_by_name_take_an_array_or_one_element()
    {
        Assert.Equal(["a", new[] { 1, 2 }], Bind(Sum, ["a"], new() { ["numbers"] = new[] { 1, 2 } }));
        Assert.Equal(["a", new[] { 3 }], Bind(Sum, ["a"], new() { ["numbers"] = 3 }));
    }

    [Fact]
    public void An_extension_method_is_given_what_follows_its_first_parameter()
    {
        Func<int, string> target = "ab".PadLeftWith;

        Assert.Equal([5], ArgumentBinder.Bind(target.Method, 1, [5], null));
    }

    private static object?[] Bind(Delegate target, object?[]? args = null, Dictionary<string, object?>? named = null) =>
        ArgumentBinder.Bind(target.Method, 0, args, named);

    private static void Draw(int x, double y, string color = "black") => _ = (x, y, color);

    private static void Sum(string label, params int[] numbers) => _ = (label, numbers);

    private static void Defaults(
        int a = 1,
        long b = -2,
        char c = 'c',
        bool d = true,
        string e = "text",
        string? f = null,
        decimal g = 1.5m,
        DayOfWeek h = DayOfWeek.Friday,
        DayOfWeek? i = null,
        DayOfWeek? j = DayOfWeek.Monday,
        Guid k = default,
        DateTime l = default,
        object? m = null,
        double n = double.NaN,
        byte o = 3,
        int? p = 5) => _ = (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
}

internal static class PaddingExtensions
{
    internal static string PadLeftWith(this string text, int width) => text.PadLeft(width);
}
