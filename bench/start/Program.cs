// Without arguments: for each line that comes in, starts one child and prints the nanoseconds from the call to the target's first statement.
// With `print`: the yardstick, a console program that prints a line and ends.
using System.Diagnostics;
using Multitasking;

if (args is ["print"])
{
    Console.WriteLine("A line.");
    return;
}
Starts.Measure();

internal static class Starts
{
    internal static void Measure()
    {
        while (Console.ReadLine() is not null)
            Console.WriteLine(One());
    }

    /// <summary>Both processes read the same clock: CLOCK_MONOTONIC, which .NET counts in nanoseconds on Linux.</summary>
    private static long One()
    {
        long begin = Stopwatch.GetTimestamp();
        return ChildProcess.RunAsync(static () => Stopwatch.GetTimestamp()).GetAwaiter().GetResult() - begin;
    }
}
