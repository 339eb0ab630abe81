using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>Sends a value every way there is through a child and a pool, and has the copy looked at where it arrives.</summary>
internal static class EachWay
{
    /// <param name="value">The value.</param>
    /// <param name="holds">Asserts what has to be true of the original and of each copy.</param>
    internal static async Task HoldsAsync<T>(T value, Action<T> holds)
    {
        holds(value);
        var fromChild = await InChild.RunAsync(() =>
        {
            holds(value);
            return value;
        });
        holds(fromChild);
        await using var pool = new ProcessPool(workers: 1);
        holds(await pool.RunAsync(Argument, value, holds, TestContext.Current.CancellationToken));
        holds((await pool.RunAsync(Held, new Holding<T>(value), holds, TestContext.Current.CancellationToken)).Value);
        object?[] elements = await pool.RunAsync(Elements<T>, new object?[] { value, value }, holds, TestContext.Current.CancellationToken);
        holds((T)elements[1]!);
        if (!typeof(T).IsValueType)
            Assert.Same(elements[0], elements[1]);
    }

    private static T Argument<T>(T value, Action<T> holds)
    {
        holds(value);
        return value;
    }

    private static Holding<T> Held<T>(Holding<T> holding, Action<T> holds)
    {
        holds(holding.Value);
        return holding;
    }

    private static object?[] Elements<T>(object?[] values, Action<T> holds)
    {
        holds((T)values[0]!);
        return values;
    }

    private sealed record Holding<T>(T Value);
}
