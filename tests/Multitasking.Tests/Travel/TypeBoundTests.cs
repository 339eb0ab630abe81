using System.Diagnostics;
using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>What types that a child names may cost its parent, in time, in stack and for good.</summary>
public sealed class TypeBoundTests
{
    [Fact]
    public void Types_that_a_child_names_are_bounded_over_all_its_messages()
    {
        var budget = new ChildBudget();

        var error = Assert.Throws<InvalidDataException>(() =>
        {
            for (int message = 0; message < 40; message++)
                _ = Codec.Read<object>(Forgery.Types(message * 100, 100), new ChildTypes(budget, Trust.None));
        });

        Assert.Contains("types, methods and cultures", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_that_were_named_before_cost_nothing_again()
    {
        var budget = new ChildBudget();
        byte[] message = Forgery.Types(4000, 200);

        for (int i = 0; i < 50; i++)
            Assert.Equal(200, Codec.Read<object[]>(message, new ChildTypes(budget, Trust.None)).Length);
    }

    [Fact]
    public void Types_of_the_call_are_read_when_the_budget_is_used_up()
    {
        var budget = new ChildBudget();
        Assert.Throws<InvalidDataException>(() =>
        {
            for (int message = 50; message < 90; message++)
                _ = Codec.Read<object>(Forgery.Types(message * 100, 100), new ChildTypes(budget, Trust.None));
        });
        byte[] answer = Codec.Write<object>(new Dictionary<string, (int, Vertex[])> { ["a"] = (1, []) });

        Assert.Throws<InvalidDataException>(() => Codec.Read<object>(answer, new ChildTypes(budget, new Trust(typeof(Codec)))));
        var read = Codec.Read<object>(answer, new ChildTypes(budget, new Trust(typeof(Codec), typeof(Dictionary<string, (int, Vertex[])>))));

        Assert.Equal(1, Assert.IsType<Dictionary<string, (int, Vertex[])>>(read)["a"].Item1);
    }

    [Fact]
    public void A_type_that_doubles_is_refused_at_once_and_not_spelled_out()
    {
        byte[] bytes = Forgery.Doubling(90);
        long before = Stopwatch.GetTimestamp();

        var error = Assert.Throws<InvalidDataException>(() => Codec.Read<object>(bytes));

        // The runtime would need longer than the universe has.
        Assert.True(Stopwatch.GetElapsedTime(before) < TimeSpan.FromMinutes(1));
        Assert.InRange(error.Message.Length, 1, 2_000);
    }

    [Fact]
    public void A_type_of_too_many_parts_is_refused_where_it_is_written()
    {
        var type = Enumerable.Range(0, 12).Aggregate(typeof(string), static (type, _) => typeof(Tuple<,>).MakeGenericType(type, type));

        Assert.Throws<TargetNotSupportedException>(() => Codec.Write(type));
    }

    [Theory]
    [InlineData(128)]
    [InlineData(192)]
    [InlineData(256)]
    [InlineData(1024)]
    public void Depth_ends_in_an_exception_on_a_thread_of_any_stack(int stack)
    {
        byte[] forged = Forgery.All["boxed structs within each other"], delegates = Forgery.All["delegates on delegates"];
        object deep = 1;
        for (int i = 0; i < 990; i++)
            deep = new KeyValuePair<byte, object>(1, deep);
        byte[] valid = Codec.WriteCall(deep);
        // What reflection compiles on its first calls takes a lot of stack, and the code of the runtime counts on having it.
        _ = Record.Exception(() => Codec.Read<object>(valid));
        Exception?[] errors = new Exception?[4];

        var thread = new Thread(
            () =>
            {
                errors[0] = Record.Exception(() => Codec.Read<object>(forged));
                errors[1] = Record.Exception(() => Codec.Read<object>(delegates));
                errors[2] = Record.Exception(() => Codec.Read<object>(valid));
                errors[3] = Record.Exception(() => Codec.Write(deep));
            },
            stack << 10);
        thread.Start();
        thread.Join();

        Assert.IsType<InvalidDataException>(errors[0]);
        Assert.IsType<InvalidDataException>(errors[1]);
        Assert.True(errors[2] is null or InvalidDataException, errors[2]?.ToString());
        Assert.True(errors[3] is null or TargetNotSupportedException, errors[3]?.ToString());
    }
}
