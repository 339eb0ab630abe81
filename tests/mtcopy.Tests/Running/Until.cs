using System.Diagnostics;

namespace Mtcopy.Tests.Running;

/// <summary>Waits for something to become true, with a limit.</summary>
internal static class Until
{
    public static void True(Func<bool> condition, TimeSpan limit, Func<string> problem)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > limit)
                Assert.Fail($"not within {limit.TotalSeconds} s: {problem()}");
            Thread.Sleep(1);
        }
    }
}
