using System.Reflection;
using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Travel;

public sealed class DelegateTests
{
    [Fact]
    public void A_lambda_keeps_what_it_captured()
    {
        int two = 2;
        var numbers = new List<int> { 40 };

        Assert.Equal(42, Codec.RoundTrip<Func<int>>(() => numbers[0] + two)());
    }

    [Fact]
    public void Lambdas_of_one_scope_share_its_variables()
    {
        int count = 0;
        Action up = () => count++;
        Func<int> get = () => count;

        var (copiedUp, copiedGet) = Codec.RoundTrip((up, get));
        copiedUp();

        Assert.Equal((1, 0), (copiedGet(), get()));
    }

    [Fact]
    public void A_combination_keeps_all_its_delegates_in_order()
    {
        var said = new List<string>();
        Action all = () => said.Add("a");
        all += () => said.Add("b");

        var (copy, list) = Codec.RoundTrip((all, said));
        copy();

        Assert.Equal(["a", "b"], list);
    }

    [Fact]
    public void A_delegate_closed_over_its_first_argument_keeps_it() =>
        Assert.Equal(6, Codec.RoundTrip<Func<int>>("abc".Twice)());

    [Fact]
    public void A_delegate_of_a_generic_method_keeps_its_type_arguments() =>
        Assert.Equal(typeof(List<string>), Codec.RoundTrip<Func<Type>>(TypeOf<List<string>>)());

    [Fact]
    public void A_lambda_that_calls_itself_survives()
    {
        Func<int, int> factorial = null!;
        factorial = n => n <= 1 ? 1 : n * factorial(n - 1);

        Assert.Equal(120, Codec.RoundTrip(factorial)(5));
    }

    [Fact]
    public void A_delegate_of_the_framework_travels_to_a_child_and_is_refused_by_it()
    {
        var text = new List<int>();
        var trim = typeof(string).GetMethod(nameof(string.Trim), [])!.CreateDelegate<Func<string, string>>();
        Delegate[] all = [Math.Sqrt, (Func<string, bool>)string.IsNullOrEmpty, (Action<int>)text.Add, (Func<int>)(0.GetHashCode), trim];

        Assert.All(all, static one =>
        {
            Assert.Equal(one.Method, Codec.ReadCall<Delegate>(Codec.WriteCall(one)).Method);
            var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.Write(one));
            Assert.Contains("which no process takes from its child; send a lambda that calls it", refusal.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task An_open_delegate_takes_its_object_with_the_call()
    {
        var get = ((Func<int>)new Node().Length).Method.CreateDelegate<Func<Node, int>>();
        var print = typeof(object).GetMethod(nameof(ToString))!.CreateDelegate<Func<object, string>>();
        var dispose = typeof(IDisposable).GetMethod(nameof(IDisposable.Dispose))!.CreateDelegate<Action<IDisposable>>();

        await EachWay.HoldsAsync(get, static copy => Assert.Equal(3, copy(Node.Chain(3))));
        Assert.Equal("5", Codec.ReadCall<Func<object, string>>(Codec.WriteCall(print))(5));
        Codec.ReadCall<Action<IDisposable>>(Codec.WriteCall(dispose))(new StringReader(""));
    }

    [Fact]
    public void A_delegate_that_is_closed_over_null_stays_so()
    {
        var length = (Func<int>)Delegate.CreateDelegate(typeof(Func<int>), null, typeof(DelegateTests).GetMethod(nameof(LengthOf), BindingFlags.NonPublic | BindingFlags.Static)!);

        Assert.Equal(-1, Codec.RoundTrip(length)());
    }

    [Fact]
    public void A_delegate_past_an_override_is_refused_because_it_cannot_be_made_again()
    {
        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.WriteCall(new Overriding().OfBase()));

        Assert.Contains("past its override in", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("base", Codec.RoundTrip(new Overridden().Say)());
        Assert.Equal("override", Codec.RoundTrip(((Overridden)new Overriding()).Say)());
    }

    [Fact]
    public async Task A_combination_of_many_kinds_is_called_in_order()
    {
        int captured = 1;
        Func<int> all = () => captured;
        all += One;
        all += "abc".Twice;
        all += new Node().Length;

        await EachWay.HoldsAsync(all, static copy => Assert.Equal([1, 1, 6, 1], copy.GetInvocationList().Select(static one => ((Func<int>)one)())));
    }

    [Fact]
    public async Task Delegates_as_arguments_run_in_the_child()
    {
        Func<double, double> root = Math.Sqrt;
        Func<int, Func<int, int>> add = x => y => x + y;

        Assert.Equal((3.0, 7), await InChild.RunAsync(() => (root(9), add(3)(4))));
    }

    private static int One() => 1;

    private static int LengthOf(string? text) => text?.Length ?? -1;

    private static Type TypeOf<T>() => typeof(T);

    private class Overridden
    {
        public virtual string Say() => "base";
    }

    private sealed class Overriding : Overridden
    {
        public override string Say() => "override";

        public Func<string> OfBase() => base.Say;
    }
}
