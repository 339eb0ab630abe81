using Microsoft.FSharp.Collections;
using Multitasking.Contracts;
using Multitasking.FSharp;
using Multitasking.Tests.Support;
using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>Values and closures of <c>Multitasking.FSharp</c>, equal as F# says.</summary>
[Collection(nameof(Alone))]
public sealed class FSharpTests : WorkerTest
{
    public static TheoryData<string> Kinds => [.. FSharp.Values.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_value_arrives_equal(string kind)
    {
        object value = FSharp.Values.All[kind];

        object[] copy = Codec.Read<object[]>(Codec.WriteCall<object[]>([value, value]), new Invocation.ParentTypes());

        AssertAlike(value, copy[0]);
        Assert.True(copy[0].GetType().IsValueType || ReferenceEquals(copy[0], copy[1]));
    }

    [Fact]
    public async Task Every_value_is_captured_and_answered_and_goes_through_a_pool()
    {
        object[] values = [.. FSharp.Values.All.Values];
        await using var pool = new ProcessPool(workers: 1);

        object[] back = await InChild.RunAsync(() => Checked(values));
        object[] pooled = await pool.RunAsync(static sent => Checked(sent), values, Cancelled);

        for (int i = 0; i < values.Length; i++)
        {
            AssertAlike(values[i], back[i]);
            AssertAlike(values[i], pooled[i]);
        }
    }

    [Fact]
    public async Task Declared_as_what_they_are_they_are_messages_reports_and_fields()
    {
        using var channel = ProcessChannel.CreateBounded<FSharpMap<string, int>>(1);
        await using var pool = new ProcessPool(workers: 1);
        var map = (FSharpMap<string, int>)FSharp.Values.All["map"];
        var heard = new List<FSharpList<int>>();

        channel.Writer.Write(map, Cancelled);
        var read = await pool.RunAsync(static reader => reader.Read(), channel.Reader, Cancelled);
        await pool.RunAsync(static (IProgress<FSharpList<int>> progress) => progress.Report(ListModule.OfArray([1, 2])), new Hearing<FSharpList<int>>(heard),
            Cancelled);
        var person = await pool.RunAsync(static person => person, (Person)FSharp.Values.All["record"], Cancelled);

        Assert.Equal(map, read);
        Assert.Equal(ListModule.OfArray([1, 2]), Assert.Single(heard));
        Assert.Equal("Byron", person.Friends.Head.Name);
    }

    [Fact]
    public async Task Functions_are_targets_and_captured()
    {
        Assert.Equal(13, await InChild.RunAsync(Closures.Adding(3)));
        Assert.Equal("circle of 2.5", await InChild.RunAsync(Closures.Matching(Shape.NewCircle(2.5))));
        Assert.Equal("2 shapes", await InChild.RunAsync(Closures.Matching(Shape.NewGroup(ListModule.OfArray([Shape.Point, Shape.Point])))));
        Assert.Equal(5, await InChild.RunAsync(Closures.Mapping((FSharpMap<string, int>)FSharp.Values.All["map"], "b")));
        Assert.Equal(7, await InChild.RunAsync(Closures.Recursive(7)));
        Assert.Equal(4, await InChild.RunAsync(Closures.Counting(3)));
        Assert.Equal(6, await InChild.RunAsync(Closures.Tasked(3)));
        Assert.Equal(6, await InChild.RunAsync(Closures.Started(3)));
        Assert.Equal(9, await InChild.RunAsync(Closures.Running(3)));
        Assert.Equal(3, await InChild.RunAsync(Closures.Expression(3)));
        Assert.Equal("3 of a and [3]", await InChild.RunAsync(Closures.Printing(3)));
    }

    [Fact]
    public async Task Functions_of_one_argument_are_tasks_of_a_pool()
    {
        await using var pool = new ProcessPool(workers: 1);

        Assert.Equal(54, await pool.RunAsync(Closures.Composed(3), 2, Cancelled));
        Assert.Equal(5, await pool.RunAsync(Closures.Partial(3), 2, Cancelled));
        Assert.Equal(3, await pool.RunAsync(Closures.Memoised("one"), "one", Cancelled));
        int[] mapped = [.. await pool.MapAsync([10, 13], Closures.Partial(3), cancellationToken: Cancelled)];
        Assert.Equal([13, 16], mapped);
    }

    [Fact]
    public async Task What_a_function_does_not_read_stays_behind_and_a_refusal_says_the_name_of_what_it_reads()
    {
        using var stream = new MemoryStream();

        Assert.Equal(4, await InChild.RunAsync(Closures.Reading(3, stream)));
        Assert.Equal("captured 'stream' : MemoryStream",
            Assert.Throws<TargetNotSupportedException>(() => ChildProcess.Start(Closures.Holding(stream))).Path);
    }

    [Fact]
    public async Task An_exception_of_the_program_is_matched_with_its_fields()
    {
        var fault = await Assert.ThrowsAsync<RemoteException>(() => InChild.RunAsync(Closures.Throwing(3)));

        Assert.Equal("3 detail", FSharp.Values.DetailOf(fault.InnerException!));
    }

    [Fact]
    public async Task A_cell_stays_one()
    {
        var cells = FSharp.Values.Cell();

        Assert.Equal(4, await InChild.RunAsync(() => FSharp.Values.Advance(cells)));
    }

    [Fact]
    public async Task A_sequence_that_has_not_run_is_no_result_message_or_report()
    {
        await using var pool = new ProcessPool(workers: 1);
        Func<Task>[] all =
        [
            () => pool.RunAsync(static () => Sequences.Generated(3), Cancelled),
            () => pool.RunAsync(static () => Sequences.Mapped(ListModule.OfArray([1])), Cancelled),
            () => pool.RunAsync(static () => Sequences.Filtered(ListModule.OfArray([1])), Cancelled),
            () => pool.RunAsync(static () => Sequences.Cached(ListModule.OfArray([1])), Cancelled),
            () => pool.RunAsync(static () => Sequences.Delayed(), Cancelled),
            () => pool.RunAsync(static () => Sequences.Arrayed([1, 2]), Cancelled),
            () => pool.RunAsync(static () => Sequences.Range(), Cancelled),
            () => pool.RunAsync(static () => Sequences.ReadOnly([1, 2]), Cancelled),
            () => pool.RunAsync(static () => new object[] { Sequences.Generated(3) }, Cancelled),
            () => pool.RunAsync(static (IProgress<object> progress) => progress.Report(Sequences.Generated(3)), new Hearing<object>([]), Cancelled),
        ];

        foreach (var one in all)
            Assert.Contains("call ToList in the target", (await Assert.ThrowsAsync<RemoteException>(one)).Message, StringComparison.Ordinal);
        using var channel = ProcessChannel.CreateBounded<IEnumerable<int>>(1);
        var refusal = Assert.Throws<TargetNotSupportedException>(() => channel.Writer.Write(Sequences.Generated(3), Cancelled));
        Assert.Contains("call ToList, and send", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sequence_that_is_given_to_a_child_runs_there_and_one_that_is_there_comes_back()
    {
        Assert.Equal(14, await InChild.RunAsync(Sequences.Summing(Sequences.Generated(3))));
        Assert.Equal(5, await InChild.RunAsync(Sequences.Summing(Sequences.Mapped(ListModule.OfArray([1, 2])))));
        int[] squares = [.. await InChild.RunAsync(Sequences.Listing(3))];
        Assert.Equal([1, 4, 9], squares);
    }

    [Fact]
    public async Task An_async_that_has_not_run_is_refused_as_a_result_and_inside_of_one()
    {
        await using var pool = new ProcessPool(workers: 1);

        var refusal = Assert.Throws<TargetNotSupportedException>(() => { _ = pool.RunAsync(Closures.Unstarted(3), Cancelled); });
        var inside = await Assert.ThrowsAsync<RemoteException>(() => pool.RunAsync(Closures.UnstartedInside(3), Cancelled));

        Assert.Contains("Async.StartAsTask", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Async.RunSynchronously", inside.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_declared_as_less_than_it_is_comes_back_where_a_declaration_leads_to_it_and_is_refused_by_the_child_elsewhere()
    {
        await using var pool = new ProcessPool(workers: 1);
        Func<Task>[] refused = [() => pool.RunAsync(Sequences.AsLoose([1, 2]), Cancelled), () => pool.RunAsync(static () => Sequences.Listed([1]), Cancelled)];

        Assert.Equal(6, FSharp.Sequences.SumOf(await pool.RunAsync(Sequences.AsBoth([1, 2]), Cancelled)));
        Assert.Equal([1, 2], (await pool.RunAsync(Sequences.AsLooseArray([1, 2]), Cancelled)).Items);
        var path = new List<string>();
        foreach (var one in refused)
            path.Add(Assert.IsType<UntrustedObjectException>((await Assert.ThrowsAsync<RemoteException>(one)).InnerException).Path);
        Assert.Equal(["the result.Items : FSharpList<int>", "the result : FSharpList<int>"], path);
    }

    private static object[] Checked(object[] sent)
    {
        for (int i = 0; i < sent.Length; i++)
            AssertAlike(FSharp.Values.All.Values.ElementAt(i), sent[i]);
        return sent;
    }

    private static void AssertAlike(object expected, object actual)
    {
        Assert.Equal(expected.GetType(), actual.GetType());
        Assert.True(FSharp.Values.AreEqual(expected, actual));
        Assert.Equal(FSharp.Values.TextOf(expected), FSharp.Values.TextOf(actual));
    }

    private sealed class Hearing<T>(List<T> heard) : IProgress<T>
    {
        public void Report(T value) => heard.Add(value);
    }
}
