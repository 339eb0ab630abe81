using System.Diagnostics;

namespace Multitasking.Copying.Tests.Support;

/// <summary>Waits for something to become true, with a limit.</summary>
internal static class Until
{
    public static void True(Func<bool> condition, Func<string> problem)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(30))
                Assert.Fail($"not within 30 s: {problem()}");
            Thread.Sleep(1);
        }
    }
}
