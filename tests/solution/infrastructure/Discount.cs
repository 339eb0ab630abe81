namespace Multitasking.Solution.Infrastructure;

public static class Discount
{
    public static Func<decimal, decimal> Half { get; } = static amount => amount / 2;
}
