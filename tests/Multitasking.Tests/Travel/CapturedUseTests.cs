using System.Linq.Expressions;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>In each test another lambda of the scope captured <c>unused</c>, and so put it beside what the tested one uses.</summary>
public sealed class CapturedUseTests
{
    private readonly int _member = 7;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void A_variable_of_any_type_that_the_lambda_does_not_read_stays_behind()
    {
        (int used, string unused, (int, string) pair) = (1, "text", (1, "two"));
        (decimal number, Func<int> other, int[] array) = (3m, () => 4, [5]);
        Keep(() => (unused, pair, number, other, array));

        Assert.Equal("used", Arrived.Of(() => used));
    }

    [Fact]
    public async Task What_cannot_travel_and_is_not_read_does_not_keep_a_delegate_from_being_an_argument()
    {
        var unused = new MemoryStream();
        int used = 1;
        Keep(() => unused);
        await using var pool = new ProcessPool(workers: 1);

        Assert.Equal(2, await pool.RunAsync(Apply, () => used, 1, Cancelled));
    }

    [Fact]
    public void The_refusal_of_what_an_argument_captured_names_both()
    {
        var stream = new MemoryStream();
        var child = new ChildProcess(Run, args: [(Action)(() => stream.WriteByte(0))]);

        Assert.Equal("argument 'action', captured 'stream' : MemoryStream", Assert.Throws<TargetNotSupportedException>(child.Start).Path);
    }

    [Fact]
    public void What_inner_lambdas_read_travels()
    {
        (int used, int factor, int unused) = (1, 2, 3);
        Keep(() => unused);

        Assert.Equal("factor used", Arrived.Of(() => new[] { 1 }.Sum(item => (item * factor) + new[] { 2 }.Sum(number => number * used))));
    }

    [Fact]
    public void What_local_functions_read_travels()
    {
        (int used, int deep, int unused) = (1, 2, 3);
        int Deep() => deep;
        int Local() => used + Deep();
        int Unused() => unused;
        Keep(Unused);

        Assert.Equal("deep used", Arrived.Of(() => Local()));
    }

    [Fact]
    public void What_a_local_function_inside_of_the_lambda_reads_travels()
    {
        (int used, int unused) = (1, 2);
        Keep(() => unused);

        Assert.Equal("used", Arrived.Of(() =>
        {
            int inner = 2;
            int Local(int times) => times == 0 ? inner : Local(times - 1) + used;
            return Local(3);
        }));
    }

    [Fact]
    public void What_iterators_read_travels()
    {
        (int used, int unused) = (1, 2);
        IEnumerable<int> Items()
        {
            yield return used;
        }
        Keep(() => unused);

        Assert.Equal("used", Arrived.Of(() => Items().Sum()));
    }

    [Fact]
    public void What_a_captured_sequence_that_has_not_run_does_not_read_stays_behind()
    {
        (int used, int deep, var unused) = (1, 2, new MemoryStream());
        IEnumerable<int> Items()
        {
            yield return used;
            yield return new Func<int>(() => deep)();
        }
        Keep(() => unused);
        var items = Items();

        Assert.Equal([1, 2], Codec.ReadCall<Func<List<int>>>(Codec.WriteCall<Func<List<int>>>(() => [.. items]))());
    }

    [Fact]
    public void What_asynchronous_lambdas_read_after_an_await_travels()
    {
        (int used, int later, int unused) = (1, 2, 3);
        Keep(() => unused);

        Assert.Equal("later used", Arrived.Of(async () =>
        {
            await Task.Yield();
            int sum = used;
            await Task.Yield();
            return sum + await Task.Run(() => later);
        }));
    }

    [Fact]
    public void What_is_read_of_outer_scopes_travels()
    {
        (int used, int unused) = (1, 2);
        Keep(() => unused);
        foreach (int item in new[] { 3 })
        {
            int beside = 4;
            Keep(() => beside);

            Assert.Equal("item used", Arrived.Of(() => item + used));
        }
    }

    [Fact]
    public void An_inner_closure_takes_along_what_its_lambdas_read_of_the_outer_one()
    {
        (int used, int unused) = (1, 2);
        Keep(() => unused);

        Assert.Equal("used", Arrived.Of(() =>
        {
            int sum = 0;
            foreach (int item in new[] { 1, 2 })
                sum += new Func<int>(() => item + used)();
            return sum;
        }));
    }

    [Fact]
    public void A_variable_whose_address_is_taken_travels()
    {
        (int used, (int Count, string Name) pair, int unused) = (1, (2, "two"), 3);
        Keep(() => unused);

        Assert.Equal("pair used", Arrived.Of(() => Interlocked.Increment(ref used) + pair.Count));
    }

    [Fact]
    public void A_variable_that_is_only_written_need_not_travel_and_can_be_written()
    {
        (string? written, int used) = ("before", 1);
        Keep(() => written);
        Func<int> target = () =>
        {
            written = "after";
            return used;
        };

        Assert.Equal(("used", 1), (Arrived.Of(target), Codec.RoundTrip(target)()));
    }

    [Fact]
    public void A_variable_that_is_only_counted_up_travels()
    {
        (int count, int total) = (1, 2);
        Keep(() => (count, total));

        Assert.Equal("count total", Arrived.Of(() =>
        {
            count++;
            total += 1;
        }));
    }

    [Fact]
    public void A_lambda_of_a_generic_method_takes_what_it_reads() => Assert.Equal("item", OfGeneric("a", 1));

    [Fact]
    public void A_lambda_takes_this_along_if_it_or_what_it_calls_uses_it()
    {
        (int used, int unused) = (1, 2);
        int Through() => _member;
        Keep(() => unused + _member);

        Assert.Equal("used", Arrived.Of(() => used));
        Assert.Equal("this used", Arrived.Of(() => used + _member));
        Assert.Equal("this used", Arrived.Of(() => Through() + used));
    }

    [Fact]
    public void All_lambdas_of_a_message_count()
    {
        (int first, int second, int unused) = (1, 2, 3);
        Keep(() => unused);

        (Func<int>, Func<int>, List<Func<int>>) lambdas = (() => 10, () => first, [() => second, () => first + second]);
        var (one, two, list) = Codec.RoundTrip(lambdas);

        Assert.Equal((10, 1, 2, 3), (one(), two(), list[0](), list[1]()));
        Assert.Same(two.Target, list[0].Target);
    }

    [Fact]
    public void A_lambda_that_is_met_after_its_closure_was_written_brings_what_it_reads()
    {
        int late = 2;
        string text = "text";
        var box = new List<Func<int>>();
        // The list is what the first reads, so the second is met when the variables of both have been written.
        box.Add(() => late + text.Length);
        Func<int> first = () => box[0]();

        Assert.Equal(6, Codec.RoundTrip(first)());
        Assert.Equal("box late text", Arrived.Of(first));
    }

    [Fact]
    public void A_lambda_that_is_met_late_brings_what_it_reads_of_outer_scopes()
    {
        (int outer, int other, int unused) = (1, 2, 3);
        Keep(() => unused);
        foreach (int item in new[] { 4 })
        {
            // Held by a variable of the same scope, of which the outer one is needed for both.
            Func<int> late = () => other + item;
            foreach (int inner in new[] { 5 })
            {
                Func<int> first = () => outer + inner + late();

                Assert.Equal(12, Codec.RoundTrip(first)());
                Assert.Equal("inner item late other outer", Arrived.Of(first));
            }
        }
    }

    [Fact]
    public async Task An_argument_brings_what_it_reads_of_variables_that_the_target_brought()
    {
        (int mine, int its) = (1, 2);
        await using var pool = new ProcessPool(workers: 1);

        Assert.Equal(12, await pool.RunAsync(argument => (mine * 10) + argument(), () => its, Cancelled));
    }

    [Fact]
    public void A_closure_that_is_handed_on_travels_as_a_whole()
    {
        (int used, int other) = (1, 2);
        Keep(() => other);
        Func<int> byExpression = () =>
        {
            Expression<Func<int>> tree = () => used;
            return tree.Compile()();
        };

        Assert.Equal(("other used", 1), (Arrived.Of(byExpression), Codec.RoundTrip(byExpression)()));
    }

    [Fact]
    public void A_closure_of_which_a_delegate_gives_its_object_away_travels_as_a_whole()
    {
        (int used, int other) = (1, 2);
        Keep(() => other);

        Assert.Equal("other used", Arrived.Of(() => new Func<int>(() => used).Target));
    }

    [Fact]
    public void A_closure_that_is_in_the_message_for_itself_travels_as_a_whole()
    {
        (int used, int other) = (1, 2);
        Keep(() => other);
        Func<int> lambda = () => used;

        var (copy, closure) = Codec.ReadCall<(Func<int>, object)>(Codec.WriteCall((lambda, lambda.Target!)));

        Assert.Same(copy.Target, closure);
        Assert.Equal(2, closure.GetType().GetField("other")!.GetValue(closure));
    }

    [Fact]
    public unsafe void A_lambda_that_calls_by_pointers_takes_what_it_reads()
    {
        (int used, int unused) = (1, 2);
        Keep(() => unused);

        Assert.Equal("used", Arrived.Of(() =>
        {
            delegate*<int, int> twice = &Twice;
            return twice(used);
        }));
    }

    [Fact]
    public void A_lambda_without_a_named_type_is_followed()
    {
        (int used, int unused) = (1, 2);
        Keep(() => unused);

        Assert.Equal("used", Arrived.Of(() =>
        {
            var anonymous = (ref int number, int plus = 3) => number += plus + used;
            int sum = 0;
            return anonymous(ref sum);
        }));
    }

    [Fact]
    public void Filters_handlers_and_switches_are_read()
    {
        (int filter, int handler, int last, int chosen, int unused) = (1, 2, 3, 4, 5);
        Keep(() => unused);

        Assert.Equal("chosen filter handler last", Arrived.Of(() =>
        {
            try
            {
                return DateTime.UtcNow.Month switch { 1 => 1, 2 => 2, 3 => 3, 4 => chosen, _ => int.Parse("x", null) };
            }
            catch (FormatException) when (filter == 1)
            {
                return handler;
            }
            finally
            {
                Console.Out.Write(last == 0 ? "x" : "");
            }
        }));
    }

    private static string OfGeneric<T>(T item, int unused)
    {
        Keep(() => unused);
        return Arrived.Of(() => item);
    }

    private static int Twice(int number) => number * 2;

    private static int Apply(Func<int> function, int number) => function() + number;

    private static void Run(Action action) => action();

    private static void Keep(Delegate other) => GC.KeepAlive(other);
}
