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
    public void A_delegate_of_the_framework_travels_to_a_child_and_not_back()
    {
        Func<double, double> root = Math.Sqrt;
        byte[] bytes = Codec.Write(root);

        Assert.Throws<InvalidDataException>(() => Codec.Read<Func<double, double>>(bytes));
    }

    [Fact]
    public async Task Delegates_as_arguments_run_in_the_child()
    {
        Func<double, double> root = Math.Sqrt;
        Func<int, Func<int, int>> add = x => y => x + y;

        Assert.Equal((3.0, 7), await InChild.RunAsync(() => (root(9), add(3)(4))));
    }

    private static Type TypeOf<T>() => typeof(T);
}
