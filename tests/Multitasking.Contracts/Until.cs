using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace Multitasking.Contracts;

/// <summary>Waits for an event, never for time to pass.</summary>
public static class Until
{
    /// <summary>Far above what anything here takes, also on a machine that is busy with other things.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Completes when the condition holds, and fails the test when it does not come to hold.</summary>
    public static async Task TrueAsync(
        Func<bool> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string? what = null)
    {
        if (!await ComesTrueAsync(condition, within ?? Limit))
            Assert.Fail($"{what} did not become true within {within ?? Limit}.");
    }

    /// <summary>Blocks until the condition holds, and fails the test when it does not come to hold.</summary>
    public static void True(Func<bool> condition, Func<string> problem, TimeSpan? within = null)
    {
        TimeSpan limit = within ?? Limit;
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > limit)
                Assert.Fail($"Not within {limit}: {problem()}");
            Thread.Sleep(1);
        }
    }

    /// <summary>Completes when the condition holds or the limit has passed, and says which.</summary>
    public static async Task<bool> ComesTrueAsync(Func<bool> condition, TimeSpan within)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > within)
                return condition();
            await Task.Delay(s_pause);
        }
        return true;
    }
}
